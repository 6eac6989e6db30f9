package io.dermaga.bench.spool;

import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.spool.Receipt;
import io.dermaga.engine.spool.SpoolQueue;
import io.dermaga.engine.spool.SpooledConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** All connections, on one thread, as an event loop has them. A receipt lets the next entry go. */
final class Sender implements Runnable {

    private static final int PAYLOAD_BYTES = 256;
    private static final long POLL_MILLIS = 50;

    private final Workload workload;
    private final SpoolQueue queue;
    private final Latencies latencies;
    private final ByteBudget budget = new ByteBudget(1L << 40, null);
    private final byte[] burst;
    private final BlockingQueue<Connection> ready = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    Sender(Workload workload, SpoolQueue queue, Latencies latencies) {
        this.workload = workload;
        this.queue = queue;
        this.latencies = latencies;
        this.burst = new byte[workload.burst() * PAYLOAD_BYTES];
    }

    void end() {
        ended = true;
    }

    @Override
    public void run() {
        for (int i = 0; i < workload.connections(); i++) {
            Connection connection = new Connection("bench-" + i);
            for (int entry = 0; entry < workload.entries(); entry++) {
                ready.add(connection);
            }
        }
        try {
            while (!ended) {
                Connection next = ready.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.append();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Frames frames(long now) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(burst.length);
        buffer.writeBytes(burst);
        int[] bounds = new int[2 * workload.burst()];
        for (int i = 0; i < workload.burst(); i++) {
            bounds[2 * i] = i * PAYLOAD_BYTES;
            bounds[2 * i + 1] = (i + 1) * PAYLOAD_BYTES;
        }
        budget.acquire(burst.length);
        return new Frames(buffer, bounds, burst.length, now, now, budget, burst.length);
    }

    private final class Connection {

        private final SpooledConnection connection;
        private long number = 1;

        Connection(String id) {
            InetAddress host = InetAddress.getLoopbackAddress();
            connection =
                    new SpooledConnection(
                            id,
                            Instant.now(),
                            new InetSocketAddress(host, 50123),
                            new InetSocketAddress(host, 8001),
                            StandardCharsets.UTF_8);
        }

        void append() {
            long now = System.nanoTime();
            queue.append(connection, number, frames(now), new Waiting(this, now));
            number += workload.burst();
        }
    }

    private final class Waiting implements Receipt {

        private final Connection connection;
        private final long from;

        Waiting(Connection connection, long from) {
            this.connection = connection;
            this.from = from;
        }

        @Override
        public void stored() {
            latencies.add(System.nanoTime() - from);
            ready.add(connection);
        }

        @Override
        public void abandoned(String reason) {}
    }
}
