package io.dermaga.bench.connections;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Peers that hold connections open, from several addresses of the loopback network, since one has
 * some 28,000 ports; some of them say something all the time.
 */
final class Peers implements AutoCloseable {

    private static final int PER_ADDRESS = 2_000;
    private static final int TALKING = 200;

    private final List<SocketChannel> open = new ArrayList<>();
    private final Thread talker = new Thread(this::talk, "talker");
    private volatile boolean closed;

    Peers(int count, int port) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel peer = SocketChannel.open();
            open.add(peer);
            peer.bind(new InetSocketAddress("127.0.0." + (2 + i / PER_ADDRESS), 0));
            peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            say(peer, "peer " + i + '\n', i % 4);
        }
    }

    /** From now on some say a line a second each. */
    void begin() {
        talker.setDaemon(true);
        talker.start();
    }

    private void talk() {
        try {
            for (int i = 0; !closed; i++) {
                say(
                        open.get(open.size() - 1 - i % TALKING),
                        "a line of some forty bytes, again\n",
                        1);
                TimeUnit.MICROSECONDS.sleep(TimeUnit.SECONDS.toMicros(1) / TALKING);
            }
        } catch (IOException | InterruptedException over) {
            closed = true;
        }
    }

    private static void say(SocketChannel peer, String line, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                peer.write(bytes);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (SocketChannel one : open) {
            try {
                one.close();
            } catch (IOException gone) {
                // it is closed all the same
            }
        }
    }
}
