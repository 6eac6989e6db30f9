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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

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

    /** Every connection with an odd number sends poison in one burst of so many; 0: none does. */
    private static final int POISONED = Integer.getInteger("bench.poisoned", 0);

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
        Latencies latencies = new Latencies();
        Latencies others = new Latencies(); // not looked at
        AtomicLong stop = new AtomicLong();
        try (Engine engine = new Engine(adapter)) {
            Activation activation = listening(engine, acknowledge, workers);
            int port = activation.listeners().get(0).port();
            ExecutorService clients = Executors.newFixedThreadPool(connections);
            for (int i = 0; i < connections; i++) {
                long first = System.nanoTime() + period * i / connections;
                boolean odd = i % 2 == 1;
                Client client = new Client(port, burst, odd ? POISONED : 0, first, period, stop);
                clients.execute(() -> client.talk(odd && POISONED > 0 ? others : latencies));
            }
            TimeUnit.MILLISECONDS.sleep(WARM_MILLIS);
            latencies.clear();
            long start = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(RUN_MILLIS);
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] times = latencies.percentiles(0.5, 0.99, 1);
            System.out.printf(
                    "| %s, %d/%d/%d | %,.0f | %,d | %,d | %,d |%n",
                    acknowledge,
                    connections,
                    burst,
                    rate,
                    latencies.count() * (long) burst / seconds,
                    times[0],
                    times[1],
                    times[2]);
            stop.set(1);
            clients.shutdown();
            clients.awaitTermination(10, TimeUnit.SECONDS);
        } finally {
            workers.shutdownNow();
        }
    }

    private static Activation listening(Engine engine, String acknowledge, ExecutorService workers)
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
                        "bench",
                        SettingsReader.read(
                                settings,
                                "bench",
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
     * @param poisoned one burst of so many ends with poison; 0: none does
     * @param first when its first burst is due
     * @param period between bursts, ns; 0: one follows the answer to the other
     */
    private record Client(
            int port, int burst, int poisoned, long first, long period, AtomicLong stop) {

        void talk(Latencies latencies) {
            byte[] good = frames(PAYLOAD_BYTES);
            byte[] bad = frames(POISON_BYTES);
            byte[] told = new byte[burst];
            long due = first;
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                InputStream in = socket.getInputStream();
                for (int i = 1; stop.get() == 0; i++) {
                    long sent = period == 0 ? System.nanoTime() : due;
                    while (System.nanoTime() - sent < 0) {
                        LockSupport.parkNanos(sent - System.nanoTime());
                    }
                    due += period;
                    boolean poison = poisoned > 0 && i % poisoned == 0;
                    socket.getOutputStream().write(poison ? bad : good);
                    if (in.readNBytes(told, 0, burst) < burst
                            || told[burst - 1] != (poison ? REFUSED : TOLD)) {
                        throw new IOException("not acknowledged");
                    }
                    latencies.add(System.nanoTime() - sent);
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
