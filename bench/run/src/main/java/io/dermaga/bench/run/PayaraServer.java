package io.dermaga.bench.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Payara Micro with the adapter and the benchmark's application. */
final class PayaraServer implements Server {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> ports = new HashMap<>();
    private final int httpPort = freePort();
    private final Process process;

    /**
     * @param kind of bean: {@code plain}, {@code batch}, {@code cmt}, {@code xa}
     */
    PayaraServer(Place place, String kind, List<String> jvm, Path log)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Place.onServerCore());
        command.add(Place.java());
        command.addAll(jvm);
        for (String one : List.of("plain", "batch", "cmt", "xa")) {
            for (String listener : List.of("eof", "frames", "echo")) {
                int port = freePort();
                command.add("-Ddermaga." + one + "-" + listener + ".port=" + port);
                if (one.equals(kind) && isOffered(kind, listener)) {
                    ports.put(listener, Integer.toString(port));
                }
            }
        }
        Path work = Files.createDirectories(place.target("run").resolve("payara"));
        command.addAll(
                List.of(
                        "-jar",
                        work.resolve("payara-micro.jar").toString(),
                        "--disablephonehome",
                        "--nohazelcast",
                        "--port",
                        Integer.toString(httpPort),
                        "--rootdir",
                        Files.createTempDirectory(work, "root").toString(),
                        "--unpackdir",
                        Files.createDirectories(work.resolve("unpacked")).toString(),
                        "--deploy",
                        place.root().resolve("rar/adapter/target/dermaga.rar").toString(),
                        "--deploy",
                        place.target("application").resolve("bench.war").toString()));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        awaitReady();
    }

    /** Two phases force a log to the disk: what is queued before them would take minutes. */
    private static boolean isOffered(String kind, String listener) {
        return !kind.equals("xa") || listener.equals("echo");
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                stats();
                for (String port : ports.values()) {
                    new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port)).close();
                }
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    close();
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public String ports(String listener) {
        return ports.getOrDefault(listener, "");
    }

    @Override
    public Stats stats() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/bench/stats"))
                        .timeout(Duration.ofSeconds(30))
                        .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("HTTP " + answer.statusCode());
        }
        return Stats.parse(answer.body());
    }

    @Override
    public void close() {
        process.destroy();
        Children.awaitEnd(process, 30);
    }
}
