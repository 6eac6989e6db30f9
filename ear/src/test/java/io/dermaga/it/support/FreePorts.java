package io.dermaga.it.support;

import io.dermaga.run.Ports;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Ports that nobody listens on. They lie below those which the system hands to clients, so that a
 * load test's connections cannot take one before the server does.
 */
public final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int COUNT = 10_000;
    private static final Random RANDOM = new Random();
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    /** A port that this run has not given before. */
    public static synchronized int next() {
        for (int attempt = 0; attempt < COUNT; attempt++) {
            int port = LOWEST + RANDOM.nextInt(COUNT);
            if (Ports.isFree("0.0.0.0", port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no port from %d to %d is free".formatted(LOWEST, LOWEST + COUNT - 1));
    }
}
