package io.dermaga.bench.gates;

import io.dermaga.bench.payload.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection that sends frames of 100 bytes, prepared beforehand, one after the other. */
final class Pipeline implements AutoCloseable {

    static final int SIZE = 100;
    private static final int FRAME = Integer.BYTES + SIZE;

    /** A power of two: sequence numbers begin anew with each round. */
    static final int FRAMES = 1024;

    private final SocketChannel channel;
    private final ByteBuffer frames;

    Pipeline(int port, int id) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        byte[] bytes = new byte[FRAMES * FRAME];
        for (int i = 0; i < FRAMES; i++) {
            ByteBuffer.wrap(bytes).putInt(i * FRAME, SIZE);
            Payload.write(bytes, i * FRAME + Integer.BYTES, SIZE, id, i, FRAMES - 1);
        }
        frames = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Sends all frames once. */
    void send() throws IOException {
        while (frames.hasRemaining()) {
            channel.write(frames);
        }
        frames.rewind();
    }

    /** Sends the first frame alone. */
    void sendOne() throws IOException {
        frames.limit(FRAME);
        send();
        frames.clear();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
