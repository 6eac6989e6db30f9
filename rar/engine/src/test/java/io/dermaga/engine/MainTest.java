package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine runs without any container. */
class MainTest {

    @Test
    void main_delivers_a_payload_and_ends_when_it_is_told_to(@TempDir Path folder)
            throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path output = folder.resolve("output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Ddermaga.main.port=" + port,
                                "-Ddermaga.main.host=127.0.0.1",
                                "io.dermaga.engine.Main")
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            await().until(() -> Files.readString(output).contains("DMG2002 listener 'main'"));
            try (TestPeer peer = new TestPeer(port)) {
                assertThat(peer.send("hello").end().untilEnd()).isEqualTo("FIN");
            }
            await().until(() -> Files.readString(output).contains(".1 of 5 bytes"));
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output)).doesNotContain("Exception");
        } finally {
            process.destroyForcibly();
        }
    }
}
