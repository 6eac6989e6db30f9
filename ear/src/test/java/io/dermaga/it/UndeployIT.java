package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.it.peers.Census;
import io.dermaga.it.support.Built;
import io.dermaga.it.support.FreePorts;
import io.dermaga.it.support.FullServer;
import io.dermaga.it.support.Tcp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Deployed and undeployed again and again, under load, on Payara Server. */
class UndeployIT {

    private static final int ROUNDS = 20;

    @Test
    void twenty_undeployments_under_load_leave_no_thread_socket_file_or_class() throws Exception {
        int port = FreePorts.next();
        try (FullServer server =
                        FullServer.start(
                                "undeploy", Map.of("dermaga.inbox.port", Integer.toString(port)));
                Load load = new Load(port)) {
            server.deploy(warmUp());
            server.undeploy("warm-up");
            round(server, load);
            List<String> filesBefore = files(server.pid());

            for (int i = 1; i < ROUNDS; i++) {
                round(server, load);
            }

            Census after = Census.of(server.pid());
            assertThat(after.threadsNamed("dermaga", "globalEventExecutor", "netty")).isEmpty();
            assertThat(sockets(server.pid(), port)).isZero();
            assertThat(files(server.pid())).hasSizeLessThanOrEqualTo(filesBefore.size() + 5);
            assertThat(files(server.pid())).noneMatch(file -> file.contains("dermaga"));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    Census.of(server.pid())
                                                            .classesOf(
                                                                    "io.dermaga.",
                                                                    "io.netty.",
                                                                    "example."))
                                            .isEmpty());
        }
    }

    private static void round(FullServer server, Load load) {
        server.deploy(Built.rar());
        server.deploy(Built.tenLines());
        int before = load.served.get();
        await().atMost(Duration.ofSeconds(30)).until(() -> load.served.get() > before + 20);
        server.undeploy("ten-lines");
        server.undeploy("dermaga");
    }

    private static Path warmUp() {
        Path file = Built.target("warm-up.war");
        ShrinkWrap.create(WebArchive.class, "warm-up.war")
                .addPackage("io.dermaga.it.warmup")
                .as(ZipExporter.class)
                .exportTo(file.toFile(), true);
        return file;
    }

    private static List<String> files(long pid) throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    targets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    continue; // closed since it was listed
                }
            }
        }
        return targets;
    }

    /** Sockets of the port that are not waiting for the kernel alone. */
    private static long sockets(long pid, int port) throws IOException {
        String local = String.format(":%04X", port);
        try (Stream<String> lines =
                Stream.concat(
                        Files.lines(Path.of("/proc/" + pid + "/net/tcp")),
                        Files.lines(Path.of("/proc/" + pid + "/net/tcp6")))) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns[1].endsWith(local))
                    .filter(columns -> !columns[3].equals("06"))
                    .count();
        }
    }

    /** Peers that connect, send and are answered by an orderly end, as long as somebody listens. */
    private static final class Load implements AutoCloseable {

        private final AtomicInteger served = new AtomicInteger();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Load(int port) {
            for (int i = 0; i < 4; i++) {
                Thread thread = new Thread(() -> run(port), "load-" + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        }

        private void run(int port) {
            byte[] payload = "x".repeat(1000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            while (!stopped.get()) {
                try {
                    Tcp.send(port, payload);
                    served.incrementAndGet();
                } catch (UncheckedIOException e) {
                    Thread.onSpinWait(); // nobody listens now
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            stopped.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
