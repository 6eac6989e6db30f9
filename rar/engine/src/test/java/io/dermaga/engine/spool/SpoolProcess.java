package io.dermaga.engine.spool;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** A process that appends until it is killed, and prints what it was told to be stored. */
final class SpoolProcess {

    private static final int CONNECTIONS = 20;
    private static final int MOST_IN_FLIGHT = 500;

    private SpoolProcess() {}

    public static void main(String... arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
        SpoolUnderTest under = new SpoolUnderTest(Path.of(arguments[0]));
        String run = arguments[1];
        for (long number = 1; ; number++) {
            for (int i = 0; i < CONNECTIONS; i++) {
                inFlight.acquire();
                String connection = run + "c" + i;
                String printed = connection + "." + number;
                under.queue()
                        .append(
                                SpoolUnderTest.connection(connection),
                                number,
                                under.frames("payload of " + printed),
                                new Printing(out, printed, inFlight));
            }
        }
    }

    private record Printing(PrintStream out, String printed, Semaphore inFlight)
            implements Receipt {

        @Override
        public void stored() {
            out.println(printed);
            inFlight.release();
        }

        @Override
        public void abandoned(String reason) {
            inFlight.release();
        }
    }
}
