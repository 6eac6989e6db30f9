package io.dermaga.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.run.Product.Places;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    private final Path directory;
    private final Properties given = new Properties();

    LauncherTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void anEar() throws IOException {
        Path war = directory.resolve("war");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
            put(
                    zip,
                    "WEB-INF/classes/META-INF/microprofile-config.properties",
                    """
                    dermaga.inbox.listeners=stream,lines
                    dermaga.stream.port=0
                    dermaga.lines.port=0
                    """
                            .getBytes(StandardCharsets.UTF_8));
        }
        Path ear = directory.resolve("dermaga.ear");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(ear))) {
            put(zip, "dermaga.rar", new byte[0]);
            put(zip, "dermaga.war", Files.readAllBytes(war));
        }
        Files.writeString(directory.resolve("micro.jar"), "is not reached");
    }

    @Test
    void a_dashboard_port_in_use_is_named_with_the_property_that_changes_it() throws IOException {
        try (ServerSocket taken = taken()) {
            given.setProperty("dermaga.http.port", Integer.toString(taken.getLocalPort()));

            assertThatThrownBy(this::start)
                    .isInstanceOf(LaunchException.class)
                    .hasMessageMatching(
                            "DMG5001 port %d of the dashboard is in use: .* -Ddermaga\\.http\\.port=\\d+"
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void a_listener_port_in_use_is_named_with_the_listener() throws IOException {
        try (ServerSocket taken = taken()) {
            given.setProperty("dermaga.lines.port", Integer.toString(taken.getLocalPort()));

            assertThatThrownBy(this::start)
                    .hasMessageContaining(
                            "DMG5001 port %d of listener 'lines'".formatted(taken.getLocalPort()))
                    .hasMessageContaining("-Ddermaga.lines.port=");
        }
    }

    @Test
    void a_port_that_is_no_number_is_refused_with_the_allowed_values() {
        given.setProperty("dermaga.http.port", "eighty");

        assertThatThrownBy(this::start)
                .hasMessage(
                        "DMG5006 property 'dermaga.http.port': given 'eighty', allowed: a port from 1 to 65535");
    }

    @Test
    void a_missing_ear_is_told_with_the_command_that_builds_it() throws IOException {
        Files.delete(directory.resolve("dermaga.ear"));

        assertThatThrownBy(this::start)
                .hasMessageStartingWith("DMG5004")
                .hasMessageContaining("mvn");
    }

    @Test
    void a_property_beats_the_environment_and_the_environment_beats_the_file() throws Exception {
        Files.writeString(
                directory.resolve("dermaga.properties"), "dermaga.a=file\ndermaga.b=file");
        given.setProperty("dermaga.c", "property");
        Configuration configuration =
                Configuration.read(
                        given,
                        Map.of("DERMAGA_B", "environment", "DERMAGA_C", "environment"),
                        directory,
                        directory.resolve("war"));

        assertThat(configuration.value("dermaga.a")).hasValue("file");
        assertThat(configuration.value("dermaga.b")).hasValue("environment");
        assertThat(configuration.value("dermaga.c")).hasValue("property");
        assertThat(configuration.value("dermaga.inbox.listeners")).hasValue("stream,lines");
    }

    @Test
    void the_console_shows_warnings_and_numbered_messages_only() {
        String at = "2026-11-23 19:42:01.817 ";

        assertThat(ServerLog.consoleLine(at + "INFO PayaraMicro Deployed 2 archive(s)")).isNull();
        assertThat(ServerLog.consoleLine("\tat some.Frame.of(aStack:1)")).isNull();
        assertThat(ServerLog.consoleLine(at + "WARNING some.Logger beware"))
                .isEqualTo("19:42:01 WARNING some.Logger: beware");
        assertThat(ServerLog.consoleLine(at + "INFO some.Logger DMG2002 listener 'a' listens"))
                .isEqualTo("19:42:01 DMG2002 listener 'a' listens");
    }

    private void start() throws LaunchException {
        Places places =
                new Places(
                        directory.resolve("dermaga.ear"),
                        directory.resolve("micro.jar"),
                        directory.resolve("work"),
                        directory);
        Product.start(places, given, Map.of(), line -> {}, options -> options).close();
    }

    private static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
