package io.dermaga.bench.spool;

import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.settings.SpoolSettings;
import io.dermaga.engine.spool.Spool;
import io.dermaga.engine.spool.SpoolQueue;
import io.dermaga.engine.spool.SpooledEntry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Payloads of 256 B a second that are forced to disk, handed over and removed. Arguments: a
 * directory on the disk to measure, and workloads, see {@link Workload#parse}.
 */
public final class Main {

    private static final long BOUND = 16L * 1024 * 1024;
    private static final long WARM_MILLIS = Long.getLong("bench.warm", 8_000);
    private static final long RUN_MILLIS = Long.getLong("bench.run", 8_000);

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        List<Workload> workloads =
                arguments.length == 1
                        ? Workload.usual()
                        : Stream.of(arguments).skip(1).map(Workload::parse).toList();
        System.out.println(
                "| workload | payloads/s | p50 µs | p99 µs | max µs | forces/s |"
                        + " entries/force | cores | backlog |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (Workload workload : workloads) {
            measure(workload, directory.resolve(workload.toString().replace('/', '-')));
        }
    }

    private static void measure(Workload workload, Path directory) throws InterruptedException {
        Latencies latencies = new Latencies();
        AtomicLong done = new AtomicLong();
        ExecutorService beans = Executors.newSingleThreadExecutor();
        try (SpillStore spill = new SpillStore(directory.resolve("spill"), BOUND);
                Spool spool =
                        new Spool(
                                SpoolSettings.embedded(directory.resolve("spool")),
                                spill,
                                new Feed(0),
                                () -> {})) {
            SpoolQueue queue = spool.queue("bench");
            queue.read(BOUND, entry -> beans.execute(() -> deliver(entry, done)));
            Sender sender = new Sender(workload, queue, latencies);
            Thread sending = new Thread(sender, "sender");
            sending.start();
            TimeUnit.MILLISECONDS.sleep(WARM_MILLIS);
            latencies.clear();
            long commits = spool.commits();
            long delivered = done.get();
            long cpu = cpuNanos();
            long start = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(RUN_MILLIS);
            double seconds = (System.nanoTime() - start) / 1e9;
            int entries = latencies.count();
            long forces = spool.commits() - commits;
            double cores = (cpuNanos() - cpu) / 1e9 / seconds;
            long handed = done.get() - delivered;
            long[] times = latencies.percentiles(0.5, 0.99, 1);
            System.out.printf(
                    "| %s | %,.0f (%,.0f delivered) | %,d | %,d | %,d | %,.0f | %.1f | %.2f | %,d |%n",
                    workload,
                    entries * (long) workload.burst() / seconds,
                    handed / seconds,
                    times[0],
                    times[1],
                    times[2],
                    forces / seconds,
                    (double) entries / forces,
                    cores,
                    queue.backlog());
            sender.end();
            sending.join();
        } finally {
            beans.shutdownNow();
        }
    }

    private static void deliver(SpooledEntry entry, AtomicLong done) {
        done.addAndGet(entry.content().count());
        entry.content().release();
        entry.done();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
