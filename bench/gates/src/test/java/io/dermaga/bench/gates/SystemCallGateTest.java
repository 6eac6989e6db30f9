package io.dermaga.bench.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dermaga.bench.engine.Main;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** System calls of the engine as a process of its own, as strace counts them. */
class SystemCallGateTest {

    private static final int CONNECTIONS = 16;
    private static final int WARM_ROUNDS = 20;
    private static final int ROUNDS = 64;
    private static final int WAITING = 60;
    private static final double MOST_CALLS = 0.01;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void a_small_pipelined_payload_costs_at_most_a_hundredth_of_a_system_call(
            @TempDir Path directory) throws Exception {
        assumeTrue(isThere("strace"), "strace is needed: install the package 'strace'");
        try (Server server = new Server()) {
            List<Pipeline> pipelines = new ArrayList<>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    pipelines.add(new Pipeline(server.framesPort, i));
                }
                send(pipelines, WARM_ROUNDS, server);
                Path summary = directory.resolve("strace.txt");
                Process strace = attach(server.process.pid(), summary);
                send(pipelines, ROUNDS, server);
                detach(strace);
                long payloads = (long) ROUNDS * CONNECTIONS * Pipeline.FRAMES;
                double each = (double) calls(summary, "total") / payloads;
                System.out.printf("%.4f system calls for each payload%n", each);
                assertThat(each).isPositive().isLessThanOrEqualTo(MOST_CALLS);
            } finally {
                close(pipelines);
            }
        }
    }

    @Test
    void connections_that_wait_together_are_accepted_in_one_turn(@TempDir Path directory)
            throws Exception {
        assumeTrue(isThere("strace"), "strace is needed: install the package 'strace'");
        try (Server server = new Server()) {
            List<Pipeline> pipelines = new ArrayList<>();
            try {
                Path summary = directory.resolve("strace.txt");
                Process strace = attach(server.process.pid(), summary);
                signal("STOP", server.process.pid());
                try {
                    for (int i = 0; i < WAITING; i++) {
                        Pipeline pipeline = new Pipeline(server.framesPort, i);
                        pipelines.add(pipeline);
                        pipeline.sendOne();
                    }
                } finally {
                    signal("CONT", server.process.pid());
                }
                await().atMost(PATIENCE).until(() -> server.verified() == WAITING);
                detach(strace);
                assertThat(calls(summary, "accept4")).isGreaterThanOrEqualTo(WAITING);
                assertThat(turns(summary)).isPositive().isLessThan(WAITING / 2);
            } finally {
                close(pipelines);
            }
        }
    }

    private static void close(List<Pipeline> pipelines) throws IOException {
        for (Pipeline pipeline : pipelines) {
            pipeline.close();
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static boolean isThere(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static void send(List<Pipeline> pipelines, int rounds, Server server)
            throws IOException {
        long wanted = server.verified() + (long) rounds * pipelines.size() * Pipeline.FRAMES;
        for (int i = 0; i < rounds; i++) {
            for (Pipeline pipeline : pipelines) {
                pipeline.send();
            }
        }
        await().atMost(PATIENCE).until(() -> server.verified() == wanted);
    }

    private static Process attach(long pid, Path summary) throws IOException {
        Process strace =
                new ProcessBuilder(
                                "strace",
                                "-f",
                                "-c",
                                "-o",
                                summary.toString(),
                                "-p",
                                Long.toString(pid))
                        .start();
        BufferedReader said = strace.errorReader();
        String line = said.readLine();
        assertThat(line).contains("attached");
        return strace;
    }

    private static void detach(Process strace) throws InterruptedException {
        strace.destroy();
        assertThat(strace.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static long turns(Path summary) throws IOException {
        return calls(summary, "epoll_wait")
                + calls(summary, "epoll_pwait")
                + calls(summary, "epoll_pwait2");
    }

    /** The table's column "calls"; 0 if there were none. */
    private static long calls(Path summary, String name) throws IOException {
        return Files.readAllLines(summary).stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns[columns.length - 1].equals(name))
                .mapToLong(columns -> Long.parseLong(columns[3]))
                .findFirst()
                .orElse(0);
    }

    /** The benchmark's server around the bare engine. */
    private static final class Server implements AutoCloseable {

        private final Process process;
        private final BufferedReader out;
        private final BufferedWriter in;
        private final int framesPort;

        Server() throws IOException {
            process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx256m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Main.class.getName(),
                                    "payload")
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            out = process.inputReader();
            in = process.outputWriter();
            String ready = out.readLine();
            framesPort = Integer.parseInt(ready.replaceAll(".*frames=(\\d+).*", "$1"));
        }

        /** Payloads that were right; fails if one was wrong. */
        long verified() throws IOException {
            in.write("stats\n");
            in.flush();
            String[] stats = out.readLine().split(" ", -1);
            assertThat(stats[2]).as("wrong payloads").isEqualTo("0");
            return Long.parseLong(stats[1]);
        }

        @Override
        public void close() throws IOException {
            in.close();
            try {
                if (process.waitFor(20, TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.destroyForcibly();
        }
    }
}
