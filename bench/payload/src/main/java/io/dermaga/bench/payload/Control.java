package io.dermaga.bench.payload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * How a server of the benchmark talks with the process that started it.
 *
 * <p>Out, on stdout: {@code READY eof=<port> frames=<port> echo=<port>} once, when all ports are
 * open; a port of 0 is one the server does not offer, {@code echo=} may be several with commas
 * between them. In, on stdin: {@code stats}, answered by {@code STATS <verified> <errors>}. The end
 * of stdin ends the server, so that none outlives its starter.
 */
public final class Control {

    private Control() {}

    /** Tells the ports and answers from now on, on a daemon thread. */
    public static void start(Ledger ledger, int eofPort, int framesPort, int echoPort) {
        start(ledger, eofPort, framesPort, Integer.toString(echoPort));
    }

    /** As above, with several ports for {@code echo}. */
    public static void start(Ledger ledger, int eofPort, int framesPort, String echoPorts) {
        tell("READY eof=" + eofPort + " frames=" + framesPort + " echo=" + echoPorts);
        Thread thread = new Thread(() -> serve(ledger), "control");
        thread.setDaemon(true);
        thread.start();
    }

    private static void serve(Ledger ledger) {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("stats")) {
                    tell("STATS " + ledger.verified() + " " + ledger.errors());
                }
            }
        } catch (IOException e) {
            System.err.println("Control lost its input: " + e);
        }
        System.exit(0);
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
