package io.dermaga.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client on a plain socket. Chars stand for bytes. */
final class TestPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private boolean resetAtOnce;

    /** With a socket that is connected already. */
    TestPeer(Socket connected) throws IOException {
        this.socket = connected;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    TestPeer(int port) throws IOException {
        this(port, 0);
    }

    /** With a small receive buffer the kernel takes little of what the peer does not read. */
    TestPeer(int port, int receiveBufferBytes) throws IOException {
        this.socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        // before connecting: a connection that is refused at once takes no options any more
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        try {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        } catch (ConnectException e) {
            throw e; // nobody listens
        } catch (SocketException e) {
            resetAtOnce = true; // accepted and refused before this side has looked
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    TestPeer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    TestPeer send(byte[] bytes) throws IOException {
        out().write(bytes);
        return this;
    }

    /** Half-close: FIN. */
    TestPeer end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Exactly this many bytes. */
    String receive(int bytes) throws IOException {
        return new String(in().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    /** Everything until the other side ends, then {@code FIN} or {@code RST}. */
    String untilEnd() throws IOException {
        if (resetAtOnce) {
            return "RST";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in().read(buffer); n >= 0; n = in().read(buffer)) {
                bytes.write(buffer, 0, n);
            }
            return bytes.toString(StandardCharsets.ISO_8859_1) + "FIN";
        } catch (SocketException e) {
            return bytes.toString(StandardCharsets.ISO_8859_1) + "RST";
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
