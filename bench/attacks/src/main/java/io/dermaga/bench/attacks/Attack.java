package io.dermaga.bench.attacks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A proof: something hostile is done to a target, and what honest clients see is measured. */
interface Attack {

    int CLIENTS = 20;
    int REQUESTS_A_SECOND = 50;
    int WARM_SECONDS = 10;
    int CALM_SECONDS = 5;
    double MIB = 1024 * 1024;

    /** A first wave, of which nothing is measured, is smaller by this: what it runs is compiled. */
    int WAVE = 2;

    /**
     * Runs it.
     *
     * @param ground where its files go
     * @return what was measured
     */
    List<Criterion> run(Ground ground) throws Exception;

    /**
     * Where attacks take place.
     *
     * @param directory for logs, certificates and spilled payloads
     * @param scale of the number of attackers; 1 is all of them
     */
    record Ground(Path directory, double scale) {

        int attackers(int all) {
            return Math.max(1, (int) (all * scale));
        }
    }

    /** Settings that let very many connections of few addresses in. */
    static List<String> settings(String... more) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "framing=lines",
                                "maxConnections=20000",
                                "maxConnectionsPerAddress=20000"));
        settings.addAll(List.of(more));
        return settings;
    }

    static void seconds(int count) throws InterruptedException {
        TimeUnit.SECONDS.sleep(count);
    }
}
