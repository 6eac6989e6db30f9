package io.dermaga.run;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether ports can be opened, asked before a server takes ten seconds to find out. */
public final class Ports {

    private Ports() {}

    /** Whether a listening socket could be opened there now. */
    public static boolean isFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException | IllegalArgumentException refused) {
            return false;
        }
    }

    /**
     * Refuses a port that is in use. Other problems, such as a host that is unknown, are left to
     * the server, which knows more about them.
     *
     * @param what whose port it is, as in {@code "listener 'stream'"}
     * @param property which changes the port
     * @throws LaunchException DMG5001 if another program listens there
     */
    static void requireFree(String host, int port, String what, String property)
            throws LaunchException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
        } catch (BindException refused) {
            if (String.valueOf(refused.getMessage()).contains("in use")) {
                throw new LaunchException(
                        "DMG5001 port %d of %s is in use: stop the program that listens there, or choose another port with -D%s=%d"
                                .formatted(port, what, property, another(port)));
            }
        } catch (IOException | IllegalArgumentException other) {
            // the server says what is wrong with this address
        }
    }

    private static int another(int port) {
        return port <= 64_535 ? port + 1_000 : port - 1_000;
    }
}
