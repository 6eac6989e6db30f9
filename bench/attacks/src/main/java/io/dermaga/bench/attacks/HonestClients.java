package io.dermaga.bench.attacks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that send lines at a fixed rate, whether those before are answered or not, and check that
 * each is answered by itself, in order. Latency counts from when a request was due. One thread.
 */
final class HonestClients implements AutoCloseable {

    private static final int REQUEST_BYTES = 64;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A request that waits for its answer. */
    private record Request(ByteBuffer line, long dueNanos, Latencies phase) {}

    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private final long periodNanos;
    private final Thread thread = new Thread(this::run, "honest");
    private volatile Latencies phase = new Latencies();
    private volatile boolean asking = true;
    private volatile boolean stopped;

    /**
     * @param rate requests of each in a second
     */
    HonestClients(int port, int count, int rate) throws IOException {
        periodNanos = TimeUnit.SECONDS.toNanos(1) / rate;
        long now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            clients.add(new Client(port, i, now + i * periodNanos / count));
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** What is asked from now on is counted apart; what was asked before stays in its phase. */
    Latencies phase() {
        Latencies next = new Latencies();
        phase = next;
        return next;
    }

    /** Asks no more, and waits for what is still to be answered. */
    void finish() {
        asking = false;
        long begin = System.nanoTime();
        while (waiting() > 0 && System.nanoTime() - begin < PATIENCE_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        stopped = true;
        selector.wakeup();
        Threads.await(thread);
    }

    @Override
    public void close() {
        finish();
    }

    private int waiting() {
        return clients.stream().mapToInt(client -> client.waitingCount).sum();
    }

    private void run() {
        try (selector) {
            while (!stopped) {
                long now = System.nanoTime();
                for (Client client : clients) {
                    client.sendDue(now);
                }
                selector.select(key -> ((Client) key.attachment()).ready(key), 1);
            }
            for (Client client : clients) {
                client.channel.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("honest clients cannot go on", e);
        }
    }

    /** One connection; confined to the thread after it is made. */
    private final class Client {

        private final SocketChannel channel;
        private final SelectionKey key;
        private final int number;
        private final Queue<Request> waiting = new ArrayDeque<>();
        private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private volatile int waitingCount;
        private long sequence;
        private long dueNanos;
        private long lastAnswerNanos = System.nanoTime();
        private boolean broken;

        Client(int port, int number, long firstNanos) throws IOException {
            this.number = number;
            this.dueNanos = firstNanos;
            channel =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void sendDue(long now) {
            boolean sent = false;
            while (asking && dueNanos <= now) {
                Request request = new Request(line(), dueNanos, phase);
                request.phase.ask();
                dueNanos += periodNanos;
                if (broken || out.remaining() < REQUEST_BYTES) {
                    request.phase.failed();
                    continue;
                }
                out.put(request.line.duplicate());
                waiting.add(request);
                sent = true;
            }
            if (sent) {
                waitingCount = waiting.size();
                attempt(this::write);
            }
        }

        private ByteBuffer line() {
            String text = String.format("client %d request %d ", number, sequence++);
            String padding = "x".repeat(REQUEST_BYTES - 1 - text.length());
            return StandardCharsets.US_ASCII.encode(text + padding + "\n");
        }

        void ready(SelectionKey selected) {
            if (selected.isValid() && selected.isWritable()) {
                attempt(this::write);
            }
            if (selected.isValid() && selected.isReadable()) {
                attempt(this::read);
            }
        }

        private void attempt(Step step) {
            try {
                step.run();
            } catch (IOException e) {
                broken = true;
                System.out.println("honest client " + number + " has lost its connection: " + e);
                waiting.forEach(request -> request.phase.failed());
                waiting.clear();
                waitingCount = 0;
                key.cancel();
            }
        }

        private void write() throws IOException {
            out.flip();
            channel.write(out);
            out.compact();
            boolean more = out.position() > 0;
            key.interestOps(SelectionKey.OP_READ | (more ? SelectionKey.OP_WRITE : 0));
        }

        private void read() throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException("closed by the target");
            }
            in.flip();
            while (in.remaining() >= REQUEST_BYTES) {
                answered(in.slice(in.position(), REQUEST_BYTES));
                in.position(in.position() + REQUEST_BYTES);
            }
            in.compact();
            waitingCount = waiting.size();
        }

        private void answered(ByteBuffer line) throws IOException {
            long now = System.nanoTime();
            Request request = waiting.poll();
            if (request == null || !line.equals(request.line)) {
                throw new IOException("a wrong answer");
            }
            request.phase.answered(now - request.dueNanos);
            request.phase.gap(now - lastAnswerNanos);
            lastAnswerNanos = now;
        }
    }

    /** What may find the connection broken. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
