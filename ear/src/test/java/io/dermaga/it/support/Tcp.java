package io.dermaga.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The simplest peer. */
public final class Tcp {

    private static final int ANSWER_LIMIT_MILLIS = 30_000;

    private Tcp() {}

    /**
     * Sends the bytes, ends its side, waits until the server ended the other.
     *
     * @return what the server sent
     */
    public static byte[] send(int port, byte[] bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same with a text in UTF-8. */
    public static byte[] send(int port, String text) {
        return send(port, text.getBytes(StandardCharsets.UTF_8));
    }
}
