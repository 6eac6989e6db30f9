package io.dermaga.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection in plain text from an address of the loopback network, for lines. */
final class Client implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final BufferedReader in;

    Client(byte[] from, int port) throws IOException {
        socket =
                new Socket(
                        InetAddress.getLoopbackAddress(), port, InetAddress.getByAddress(from), 0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    /** Sends a line; gives the next one that comes, null if none does. */
    @Nullable String ask(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        return in.readLine();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
