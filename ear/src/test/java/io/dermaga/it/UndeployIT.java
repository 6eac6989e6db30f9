package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.it.peers.Census;
import io.dermaga.it.support.Built;
import io.dermaga.it.support.FreePorts;
import io.dermaga.it.support.FullServer;
import io.dermaga.it.support.Tcp;
import io.dermaga.it.tape.RecordingBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deployed and undeployed again and again, under load that is recorded, on Payara Server. */
@ExtendWith(FullServer.Shared.class)
class UndeployIT {

    private static final int ROUNDS = 20;
    private static final int THREADS = 4;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    @Test
    void twenty_undeployments_under_load_leave_no_thread_socket_file_or_class(FullServer server)
            throws Exception {
        int port = FreePorts.next();
        Path inbox = Inboxes.war("undeploy", "dermaga.inbox.port = " + port, RecordingBean.class);
        try (Load load = new Load(port)) {
            server.deploy(warmUp());
            server.undeploy("warm-up");
            round(server, inbox, load);
            List<String> filesBefore = files(server.pid());

            for (int i = 1; i < ROUNDS; i++) {
                round(server, inbox, load);
            }

            Census after = Census.of(server.pid());
            assertThat(after.threadsNamed("dermaga", "globalEventExecutor", "netty")).isEmpty();
            assertThat(sockets(port)).isZero();
            List<String> more = new ArrayList<>(files(server.pid()));
            filesBefore.forEach(more::remove);
            assertThat(more).as("descriptors that were not there after the first round").isEmpty();
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

    private static void round(FullServer server, Path inbox, Load load) {
        server.deploy(Built.rar());
        server.deploy(inbox);
        int before = load.served.get();
        await().atMost(Duration.ofSeconds(30)).until(() -> load.served.get() > before + 20);
        server.undeploy("undeploy");
        server.undeploy("dermaga");
    }

    private static Path warmUp() {
        return Inboxes.exported(
                ShrinkWrap.create(WebArchive.class, "warm-up.war")
                        .addPackage("io.dermaga.it.warmup"));
    }

    /**
     * Files, epoll instances and the like, the server's logs left out; sockets go by their port.
     */
    private static List<String> files(long pid) throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = target(descriptor);
                if (!target.equals("socket") && !target.contains("/logs/")) {
                    targets.add(target);
                }
            }
        }
        return targets;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll(":\\[\\d+]", "");
        } catch (IOException e) {
            return "closed since it was listed";
        }
    }

    /** Sockets of the port, those left out in which only the kernel still waits. */
    private static long sockets(int port) {
        String local = String.format(":%04X", port);
        String timeWait = "06";
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(Path.of("/proc/net/" + table)).stream())
                .map(line -> line.strip().split("\\s+", 5))
                .filter(columns -> columns[1].endsWith(local))
                .filter(columns -> !columns[3].equals(timeWait))
                .count();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Peers that connect, send and are answered by an orderly end, as long as somebody listens. */
    private static final class Load implements AutoCloseable {

        private final AtomicInteger served = new AtomicInteger();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

        Load(int port) {
            for (int i = 0; i < THREADS; i++) {
                threads.execute(() -> run(port));
            }
        }

        private void run(int port) {
            byte[] payload = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            while (!stopped.get()) {
                try {
                    Tcp.send(port, payload);
                    served.incrementAndGet();
                } catch (UncheckedIOException e) {
                    LockSupport.parkNanos(RETRY_NANOS); // nobody listens now
                }
            }
        }

        @Override
        public void close() {
            stopped.set(true);
            threads.shutdown();
        }
    }
}
