package io.dermaga.bench.spool;

import io.dermaga.api.monitor.ListenerState;
import io.dermaga.engine.Activation;
import io.dermaga.engine.Engine;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Payloads of 256 B a second that clients send by TCP and have acknowledged, with all that is
 * between: framing, spool, lanes, a bean that does nothing; clients in the same process. Arguments:
 * a directory on the disk to measure, the value of {@code acknowledge} (or {@code MEMORY}), and
 * workloads as {@code connections/burst}, as fast as it goes, or {@code connections/burst/rate}, so
 * many payloads a second. With a rate, a time counts from when a burst was due: to wait for the
 * burst before counts, too.
 */
public final class EndToEnd {

    private static final int PAYLOAD_BYTES = 256;
    private static final int TOLD = '+';
    private static final int REFUSED = '-';
    private static final int POISON_BYTES = PAYLOAD_BYTES - 1;

    /**
     * Every connection with an odd number sends poison in one burst of so many, in every second
     * {@link #TURN_MILLIS} of the run, and the others are measured, with and without it; 0: none
     * does.
     */
    private static final int POISONED = Integer.getInteger("bench.poisoned", 0);

    /** Whether another listener of the adapter has a spool, in which nothing is. */
    private static final boolean SPOOL_BESIDE = Boolean.getBoolean("bench.beside");

    private static final long TURN_MILLIS = 4_000;

    /** After poison began or ended, before it is measured again. */
    private static final long SETTLE_MILLIS = 2_000;

    private static final long WARM_MILLIS = Long.getLong("bench.warm", 8_000);
    private static final long RUN_MILLIS = Long.getLong("bench.run", 8_000);

    private EndToEnd() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        System.out.println("| acknowledge, workload | payloads/s | p50 µs | p99 µs | max µs |");
        System.out.println("|---|---|---|---|---|");
        for (int i = 2; i < arguments.length; i++) {
            String[] workload = arguments[i].split("/", -1);
            measure(
                    directory.resolve("run" + i),
                    arguments[1],
                    Integer.parseInt(workload[0]),
                    Integer.parseInt(workload[1]),
                    workload.length > 2 ? Integer.parseInt(workload[2]) : 0);
        }
    }

    /**
     * @param rate payloads a second; 0: as fast as it goes
     */
    private static void measure(
            Path directory, String acknowledge, int connections, int burst, int rate)
            throws Exception {
        long period = rate == 0 ? 0 : 1_000_000_000L * connections * burst / rate;
        AdapterSettings adapter =
                AdapterSettings.read(
                        List.of(
                                SettingSource.environment(
                                        Map.of(
                                                "dermaga_adapter_dataDirectory",
                                                directory.toString()))));
        ExecutorService workers = Executors.newCachedThreadPool();
        Run run = new Run();
        try (Engine engine = new Engine(adapter)) {
            Activation activation = listening(engine, "bench", acknowledge, workers);
            if (SPOOL_BESIDE) {
                listening(engine, "beside", "ON_SPOOL", workers);
            }
            int port = activation.listeners().get(0).port();
            ExecutorService clients = Executors.newFixedThreadPool(connections);
            for (int i = 0; i < connections; i++) {
                long first = System.nanoTime() + period * i / connections;
                boolean poisons = POISONED > 0 && i % 2 == 1;
                Client client = new Client(port, burst, poisons, first, period, run);
                clients.execute(client::talk);
            }
            String workload = "%s, %d/%d/%d".formatted(acknowledge, connections, burst, rate);
            run.poison = true;
            TimeUnit.MILLISECONDS.sleep(WARM_MILLIS);
            if (POISONED == 0) {
                run.measure(run.calm, RUN_MILLIS);
                run.calm.print(workload, burst);
            } else {
                for (long left = RUN_MILLIS; left > 0; left -= 2 * TURN_MILLIS) {
                    run.turn(false, run.calm);
                    run.turn(true, run.beside);
                }
                run.calm.print(workload, burst);
                run.beside.print(workload + " beside poison", burst);
            }
            run.stop = true;
            clients.shutdown();
            clients.awaitTermination(10, TimeUnit.SECONDS);
        } finally {
            workers.shutdownNow();
        }
    }

    /** What is measured now, for all peers. */
    private static final class Run {

        private final Measured calm = new Measured();
        private final Measured beside = new Measured();

        /** Of the moment; null: nothing is measured. */
        private volatile @Nullable Latencies latencies;

        private volatile boolean poison;
        private volatile boolean stop;

        void turn(boolean poisoned, Measured of) throws InterruptedException {
            poison = poisoned;
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            measure(of, TURN_MILLIS);
        }

        void measure(Measured of, long millis) throws InterruptedException {
            long start = System.nanoTime();
            latencies = of.latencies;
            TimeUnit.MILLISECONDS.sleep(millis);
            latencies = null;
            of.nanos += System.nanoTime() - start;
        }

        void add(long nanos) {
            Latencies now = latencies;
            if (now != null) {
                now.add(nanos);
            }
        }
    }

    private static final class Measured {

        private final Latencies latencies = new Latencies();
        private long nanos;

        void print(String workload, int burst) {
            long[] times = latencies.percentiles(0.5, 0.99, 1);
            System.out.printf(
                    "| %s | %,.0f | %,d | %,d | %,d |%n",
                    workload,
                    latencies.count() * (long) burst / (nanos / 1e9),
                    times[0],
                    times[1],
                    times[2]);
        }
    }

    private static Activation listening(
            Engine engine, String name, String acknowledge, ExecutorService workers)
            throws InterruptedException {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.PORT, "0");
        settings.put(Setting.HOST, "127.0.0.1");
        settings.put(Setting.FRAMING, "length(2)");
        settings.put(Setting.ACK, "'+'");
        settings.put(Setting.NAK, "'-'");
        if (!acknowledge.equals("MEMORY")) {
            settings.put(Setting.DURABILITY, "SPOOLED");
            settings.put(Setting.ACKNOWLEDGE, acknowledge);
        }
        Activation activation =
                engine.activate(
                        name,
                        SettingsReader.read(
                                settings,
                                name,
                                List.of(),
                                Engine.rules(EndToEnd.class.getClassLoader())),
                        BeanShape.ofPayloads(),
                        workers::execute,
                        () -> new NothingBean(POISON_BYTES));
        activation.start();
        while (activation.listeners().get(0).state() != ListenerState.LISTENING) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return activation;
    }

    /**
     * A peer.
     *
     * @param poisons sends poison at times, and is not measured
     * @param first when its first burst is due
     * @param period between bursts, ns; 0: one follows the answer to the other
     */
    private record Client(int port, int burst, boolean poisons, long first, long period, Run run) {

        void talk() {
            byte[] good = frames(PAYLOAD_BYTES);
            byte[] bad = frames(POISON_BYTES);
            byte[] told = new byte[burst];
            long due = first;
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                InputStream in = socket.getInputStream();
                for (int i = 1; !run.stop; i++) {
                    long sent = period == 0 ? System.nanoTime() : due;
                    while (System.nanoTime() - sent < 0) {
                        LockSupport.parkNanos(sent - System.nanoTime());
                    }
                    due += period;
                    boolean poison = poisons && run.poison && i % POISONED == 0;
                    socket.getOutputStream().write(poison ? bad : good);
                    if (in.readNBytes(told, 0, burst) < burst
                            || told[burst - 1] != (poison ? REFUSED : TOLD)) {
                        throw new IOException("not acknowledged");
                    }
                    long now = System.nanoTime();
                    if (!poisons) {
                        run.add(now - sent);
                    }
                    if (poison) {
                        due = now + period; // what was due meanwhile would be a load of its own
                    }
                }
            } catch (IOException e) {
                System.err.println(e);
            }
        }

        /**
         * @param last size of the last payload of the burst
         */
        private byte[] frames(int last) {
            ByteBuffer frames = ByteBuffer.allocate((burst - 1) * (2 + PAYLOAD_BYTES) + 2 + last);
            for (int i = 1; i <= burst; i++) {
                int size = i < burst ? PAYLOAD_BYTES : last;
                frames.putShort((short) size).position(frames.position() + size);
            }
            return frames.array();
        }
    }
}
