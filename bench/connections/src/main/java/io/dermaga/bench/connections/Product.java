package io.dermaga.bench.connections;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The adapter and its dashboard in a Payara Micro, with one listener of lines. */
final class Product implements AutoCloseable {

    static final String PASSWORD = "quay-of-the-bench";

    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private final int httpPort = freePort();
    private final int port = freePort();
    private final Process process;

    /**
     * @param root directory of the sources, with what was built
     * @param most connections
     */
    Product(Path root, int most) throws IOException, InterruptedException {
        Path work = Files.createDirectories(root.resolve("bench/connections/target/run"));
        Path directory = Files.createTempDirectory(work, "server");
        // an application has the name of its file, and that of the adapter is taken
        Path war = directory.resolve("dermaga-dashboard.war");
        Files.copy(root.resolve("war/target/dermaga.war"), war);
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-Ddermaga.data=" + directory.resolve("data"),
                                "-Ddermaga.admin.password=" + PASSWORD,
                                "-Ddermaga.inbox.listeners=crowd",
                                "-Ddermaga.crowd.host=127.0.0.1",
                                "-Ddermaga.crowd.port=" + port,
                                "-Ddermaga.crowd.framing=lines",
                                "-Ddermaga.crowd.idleTimeout=1h",
                                "-Ddermaga.crowd.maxConnections=" + (most + 100),
                                "-Ddermaga.crowd.maxConnectionsPerAddress=" + (most + 100),
                                "-jar",
                                root.resolve("bench/connections/target/payara/payara-micro.jar")
                                        .toString(),
                                "--disablephonehome",
                                "--nohazelcast",
                                "--port",
                                Integer.toString(httpPort),
                                "--rootdir",
                                directory.resolve("root").toString(),
                                "--contextroot",
                                "/",
                                "--deploy",
                                root.resolve("rar/adapter/target/dermaga.rar").toString(),
                                "--deploy",
                                war.toString())
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("server.log").toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            awaitListening(httpPort);
            awaitListening(port);
        } catch (IOException failed) {
            close();
            throw new IOException("the server did not start: " + directory, failed);
        }
    }

    private void awaitListening(int wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), wanted).close();
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw notYet;
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

    /** Of the listener. */
    int port() {
        return port;
    }

    /** Without a slash at its end. */
    URI dashboard() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
