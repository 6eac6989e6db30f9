package io.dermaga.it.history;

import io.dermaga.it.support.Built;
import io.dermaga.it.support.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An Artemis in a process of its own, of the jars that the adapter has, reached by TCP. */
final class OutsideBroker implements AutoCloseable {

    private static final String MAIN = "org.apache.activemq.artemis.core.server.embedded.Main";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String CONFIGURATION =
            """
            <configuration xmlns="urn:activemq">
              <core xmlns="urn:activemq:core">
                <name>outside</name>
                <security-enabled>false</security-enabled>
                <journal-type>NIO</journal-type>
                <acceptors>
                  <acceptor name="tcp">tcp://127.0.0.1:%d</acceptor>
                </acceptors>
                <address-settings>
                  <address-setting match="#">
                    <max-delivery-attempts>-1</max-delivery-attempts>
                    <dead-letter-address>dead</dead-letter-address>
                  </address-setting>
                </address-settings>
              </core>
            </configuration>
            """;

    private final int port = FreePorts.next();
    private final Process process;

    /**
     * Starts it, empty.
     *
     * @param name of the directory {@code target/it/NAME} with {@code broker.log}
     */
    OutsideBroker(String name) throws IOException {
        Path directory = Files.createDirectories(Built.target("it").resolve(name));
        Path work = Files.createTempDirectory(directory, "broker");
        Path etc = Files.createDirectory(work.resolve("etc"));
        Files.writeString(etc.resolve("broker.xml"), CONFIGURATION.formatted(port));
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-Djava.util.logging.SimpleFormatter.format=%1$tF %1$tT.%1$tL %4$s %3$s %5$s%6$s%n",
                                "-cp",
                                jars(work.resolve("jars")) + "/*",
                                MAIN,
                                work.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("broker.log").toFile())
                        .start();
        try {
            Awaitility.await().atMost(LIMIT).until(this::listens);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private static Path jars(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (FileSystem archive = FileSystems.newFileSystem(Built.rar());
                Stream<Path> files = Files.list(archive.getPath("/"))) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
            for (Path jar : jars) {
                Files.copy(
                        jar,
                        directory.resolve(jar.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return directory;
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the broker has ended: " + process.exitValue());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** For the adapter's setting {@code spool}. */
    String address() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
