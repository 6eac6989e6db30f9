package io.dermaga.bench;

import io.dermaga.api.Payload;
import io.dermaga.engine.Activation;
import io.dermaga.engine.Engine;
import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingsReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What an idle connection costs: live heap, and resident memory of the process, with none and with
 * {@code N} connections (argument, default 10,000) on the bare engine. The peers are a process of
 * their own.
 */
public final class IdleConnections {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** What a process holds, in bytes. */
    private record Memory(long heap, long resident, long direct) {

        static Memory now(Engine engine) throws IOException {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            return new Memory(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    readResident(),
                    engine.monitor().snapshot().memory().directUsed());
        }

        private static long readResident() throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
                }
            }
            return 0;
        }
    }

    private IdleConnections() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            connect(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        } else {
            measure(arguments.length == 1 ? Integer.parseInt(arguments[0]) : 10_000);
        }
    }

    private static void measure(int connections) throws IOException {
        Engine engine = new Engine(AdapterSettings.defaults());
        Map<Setting, String> given =
                Map.of(
                        Setting.PORT, "0",
                        Setting.HOST, "127.0.0.1",
                        Setting.MAX_CONNECTIONS, Integer.toString(connections + 1));
        Activation activation =
                engine.activate(
                        "idle",
                        SettingsReader.read(given, "idle", List.of(), Framing::problem),
                        BeanShape.ofPayloads(),
                        worker -> new Thread(worker).start(),
                        Nobody::new);
        activation.start();
        await(() -> engine.monitor().snapshot().listeners().get(0).port() != 0, "listening");
        int port = engine.monitor().snapshot().listeners().get(0).port();
        warmUp(engine, port);
        Memory before = Memory.now(engine);
        Process peers = peers(port, connections);
        await(() -> open(engine) == connections, connections + " connections");
        Memory after = Memory.now(engine);
        System.out.printf(
                "idle connections: %d held, each %d bytes of live heap, %d of direct memory, %d of resident memory%n",
                open(engine),
                (after.heap - before.heap) / connections,
                (after.direct - before.direct) / connections,
                (after.resident - before.resident) / connections);
        peers.destroy();
        await(() -> open(engine) == 0, "no connections");
        engine.close();
    }

    /**
     * One connection comes and goes, so that classes and pools are there before the first figure.
     */
    private static void warmUp(Engine engine, int port) throws IOException {
        for (int i = 0; i < 100; i++) {
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .close();
        }
        await(() -> open(engine) == 0, "no connections");
    }

    private static int open(Engine engine) {
        return engine.monitor().snapshot().listeners().get(0).connections();
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition, String what) {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("no " + what + " within 60 s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static Process peers(int port, int connections) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleConnections.class.getName(),
                        Integer.toString(port),
                        Integer.toString(connections))
                .inheritIO()
                .start();
    }

    /**
     * The process of the peers: connects, and waits until it is ended or two minutes have passed.
     */
    private static void connect(int port, int connections) throws IOException {
        List<SocketChannel> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
        LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(2));
        for (SocketChannel one : all) {
            one.close();
        }
    }

    /** Nothing is ever sent. */
    private static final class Nobody implements Endpoint {

        @Override
        public Outcome deliver(Payload payload) {
            return Outcome.SUCCESS;
        }

        @Override
        public Outcome deliver(List<Payload> payloads) {
            return Outcome.SUCCESS;
        }

        @Override
        public Outcome tell(SocketEvent event, LaneOwner connection) {
            return Outcome.SUCCESS;
        }

        @Override
        public void release() {
            // nothing is held
        }
    }
}
