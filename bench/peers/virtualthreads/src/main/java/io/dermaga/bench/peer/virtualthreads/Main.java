package io.dermaga.bench.peer.virtualthreads;

import io.dermaga.bench.payload.Control;
import io.dermaga.bench.payload.Ledger;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the three ports with blocking sockets, a virtual thread for each connection. */
public final class Main {

    private static final int MAX_FRAME = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private final Ledger ledger = new Ledger();
    private final ExecutorService connections = virtualThreads();

    private Main() {}

    /** What is done with a connection, from its start to its end. */
    private interface Conversation {
        void hold(Socket socket) throws IOException;
    }

    public static void main(String[] args) throws IOException {
        Main main = new Main();
        int eof = main.listen(main::eof);
        int frames = main.listen(main::frames);
        int echo = main.listen(main::echo);
        Control.start(main.ledger, eof, frames, echo);
    }

    private void eof(Socket socket) throws IOException {
        byte[] bytes = socket.getInputStream().readAllBytes();
        if (bytes.length > 0) {
            ledger.verify(bytes, 0, bytes.length);
        }
    }

    private void frames(Socket socket) throws IOException {
        DataInputStream in = input(socket);
        while (true) {
            byte[] payload = read(in);
            ledger.verify(payload, 0, payload.length);
        }
    }

    private void echo(Socket socket) throws IOException {
        DataInputStream in = input(socket);
        var out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
        while (true) {
            byte[] payload = read(in);
            ledger.verify(payload, 0, payload.length);
            out.writeInt(payload.length);
            out.write(payload);
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private static DataInputStream input(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > MAX_FRAME) {
            throw new EOFException("frame too large: size=" + size + ", limit=" + MAX_FRAME);
        }
        byte[] payload = new byte[size];
        in.readFully(payload);
        return payload;
    }

    private int listen(Conversation conversation) throws IOException {
        ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        // Accepting stays on a platform thread: virtual threads would not keep the process alive.
        new Thread(() -> accept(server, conversation), "accept").start();
        return server.getLocalPort();
    }

    private void accept(ServerSocket server, Conversation conversation) {
        while (true) {
            try {
                Socket socket = server.accept();
                connections.execute(() -> serve(socket, conversation));
            } catch (IOException e) {
                System.err.println("A connection could not be accepted: " + e);
            }
        }
    }

    private static void serve(Socket socket, Conversation conversation) {
        try (socket) {
            socket.setTcpNoDelay(true);
            conversation.hold(socket);
        } catch (IOException e) {
            // The peer has ended or reset the connection: nothing to do, and no reason to tell.
        }
    }

    /** Found by name, because this is compiled for Java 17 and they came with Java 21. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(
                    "virtual threads need JDK 21 or newer: version=" + Runtime.version(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads cannot be had", e);
        }
    }
}
