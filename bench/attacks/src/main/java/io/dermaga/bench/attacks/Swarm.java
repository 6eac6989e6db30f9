package io.dermaga.bench.attacks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * Hostile connections: each sends its opening, then a byte from time to time or nothing more, reads
 * what it is sent, and never ends by itself. One thread; from several loopback addresses.
 */
final class Swarm implements AutoCloseable {

    private static final int CONNECTIONS_OF_AN_ADDRESS = 1000;

    /** In a turn of the loop, so that the backlog does not overflow. */
    private static final int CONNECTS_A_TURN = 50;

    /**
     * What they do.
     *
     * @param count connections
     * @param openings the first bytes of one after the other, in turn; empty ones are silent
     * @param drip nanoseconds between single bytes; 0 if there are none
     */
    record Plan(int count, List<ByteBuffer> openings, long drip) {}

    private final Plan plan;
    private final InetSocketAddress target;
    private final Selector selector = Selector.open();
    private final List<Peer> peers = new ArrayList<>();
    private final Queue<Peer> dripping = new ArrayDeque<>();
    private final ByteBuffer rubbish = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer one = ByteBuffer.allocateDirect(1).put(0, (byte) 'x');
    private final Thread thread = new Thread(this::run, "swarm");
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong sentBytes = new AtomicLong();
    private final Histogram lifetimes = new SynchronizedHistogram(3);
    private volatile boolean stopped;

    Swarm(int port, Plan plan) throws IOException {
        this.plan = plan;
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until all have tried to connect. */
    void awaitConnected(int seconds) throws InterruptedException {
        await(() -> connected.get() + refused.get() == plan.count(), seconds);
    }

    /** Waits until the target has closed all; false if it has not. */
    boolean awaitClosed(int seconds) throws InterruptedException {
        return await(() -> open.get() == 0, seconds);
    }

    /** Waits until so many bytes are sent; false if they are not. */
    boolean awaitSent(long bytes, int seconds) throws InterruptedException {
        return await(() -> sentBytes.get() >= bytes, seconds);
    }

    private static boolean await(BooleanSupplier what, int seconds) throws InterruptedException {
        long begin = System.nanoTime();
        while (!what.getAsBoolean()) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(seconds)) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return true;
    }

    int open() {
        return open.get();
    }

    /** Those that could not connect. */
    int refused() {
        return refused.get();
    }

    long sentBytes() {
        return sentBytes.get();
    }

    /** From the first byte, without one from the connection, until the target closed it; nanos. */
    Histogram lifetimes() {
        return lifetimes;
    }

    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        Threads.await(thread);
    }

    private void run() {
        try (selector) {
            while (!stopped) {
                for (int i = 0; i < CONNECTS_A_TURN && peers.size() < plan.count(); i++) {
                    connect(peers.size());
                }
                drip();
                selector.select(this::ready, peers.size() < plan.count() ? 1 : 5);
            }
            for (Peer peer : peers) {
                peer.channel.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the swarm cannot go on", e);
        }
    }

    private void connect(int index) throws IOException {
        ByteBuffer opening = plan.openings().get(index % plan.openings().size()).duplicate();
        Peer peer = new Peer(SocketChannel.open(), opening);
        peers.add(peer);
        open.incrementAndGet();
        try {
            byte host = (byte) (2 + index / CONNECTIONS_OF_AN_ADDRESS);
            InetAddress source = InetAddress.getByAddress(new byte[] {127, 0, 0, host});
            peer.channel.bind(new InetSocketAddress(source, 0));
            peer.channel.configureBlocking(false);
            boolean done = peer.channel.connect(target);
            SelectionKey key = peer.channel.register(selector, SelectionKey.OP_CONNECT, peer);
            if (done) {
                begin(peer, key);
            }
        } catch (IOException e) {
            gone(peer);
        }
    }

    private void ready(SelectionKey key) {
        Peer peer = (Peer) key.attachment();
        try {
            if (key.isValid() && key.isConnectable() && peer.channel.finishConnect()) {
                begin(peer, key);
            }
            if (key.isValid() && key.isWritable()) {
                write(peer, key);
            }
            if (key.isValid() && key.isReadable()) {
                read(peer);
            }
        } catch (IOException e) {
            gone(peer);
        }
    }

    private void begin(Peer peer, SelectionKey key) throws IOException {
        peer.beginNanos = System.nanoTime();
        connected.incrementAndGet();
        write(peer, key);
        if (plan.drip() > 0) {
            peer.dripNanos = peer.beginNanos + plan.drip();
            dripping.add(peer);
        }
    }

    private void write(Peer peer, SelectionKey key) throws IOException {
        sentBytes.addAndGet(peer.channel.write(peer.opening));
        boolean more = peer.opening.hasRemaining();
        key.interestOps(SelectionKey.OP_READ | (more ? SelectionKey.OP_WRITE : 0));
    }

    private void drip() {
        long now = System.nanoTime();
        for (Peer peer = dripping.peek();
                peer != null && peer.dripNanos <= now;
                peer = dripping.peek()) {
            dripping.remove();
            if (peer.closed) {
                continue;
            }
            try {
                one.clear();
                sentBytes.addAndGet(peer.channel.write(one));
                peer.dripNanos += plan.drip();
                dripping.add(peer);
            } catch (IOException e) {
                gone(peer);
            }
        }
    }

    private void read(Peer peer) throws IOException {
        rubbish.clear();
        if (peer.channel.read(rubbish) < 0) {
            gone(peer);
        }
    }

    private void gone(Peer peer) {
        if (peer.closed) {
            return;
        }
        peer.closed = true;
        open.decrementAndGet();
        if (peer.beginNanos == 0) {
            refused.incrementAndGet();
        } else {
            lifetimes.recordValue(System.nanoTime() - peer.beginNanos);
        }
        try {
            peer.channel.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    /** One connection. */
    private static final class Peer {

        private final SocketChannel channel;
        private final ByteBuffer opening;
        private long beginNanos;
        private long dripNanos;
        private boolean closed;

        Peer(SocketChannel channel, ByteBuffer opening) {
            this.channel = channel;
            this.opening = opening;
        }
    }
}
