package io.dermaga.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A domain of Payara Server full, made anew: on free ports of the loopback address, without calls
 * home, data grid, message broker and remote shells. Its {@code asadmin} runs as a process of its
 * own for each command.
 */
public final class FullServer implements AutoCloseable {

    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(3);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path domains;
    private final Map<String, String> properties;
    private final int httpPort = FreePorts.next();
    private final int adminPort = FreePorts.next();
    private final Thread hook = new Thread(this::kill, "kill-full-server");
    private @Nullable ProcessHandle process;

    private FullServer(Path domains, Map<String, String> properties) {
        this.domains = domains;
        this.properties = Map.copyOf(properties);
    }

    /**
     * Makes a domain and starts it.
     *
     * @param name of the directory {@code target/it/NAME}
     * @param properties system properties of the server
     */
    public static FullServer start(String name, Map<String, String> properties) {
        FullServer server = new FullServer(Built.target("it").resolve(name), properties);
        Runtime.getRuntime().addShutdownHook(server.hook);
        try {
            server.makeDomain(properties);
            server.asadmin("start-domain", "--domaindir", server.domains.toString(), "domain1");
            server.process = server.ofPidFile().orElseThrow();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Deploys an archive under its file's name. */
    public void deploy(Path archive) {
        String file = archive.getFileName().toString();
        String name = file.substring(0, file.lastIndexOf('.'));
        String body = "id=" + encoded(archive.toString()) + "&name=" + encoded(name);
        manage(
                HttpRequest.newBuilder(applications(""))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Undeploys an application. */
    public void undeploy(String name) {
        manage(HttpRequest.newBuilder(applications("/" + encoded(name))).DELETE());
    }

    private URI applications(String rest) {
        return URI.create(
                "http://127.0.0.1:"
                        + adminPort
                        + "/management/domain/applications/application"
                        + rest);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A command of the server's administration over HTTP: quicker than a process for each. */
    private static void manage(HttpRequest.Builder command) {
        HttpRequest request =
                command.header("X-Requested-By", "tests")
                        .header("Accept", "application/json")
                        .timeout(COMMAND_LIMIT)
                        .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(request + " failed: " + answer.body());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Port of the web applications. */
    public int httpPort() {
        return httpPort;
    }

    /** Port that a listener was given by a system property of the server. */
    public int port(String listener) {
        return Integer.parseInt(properties.get("dermaga." + listener + ".port"));
    }

    /** Process id of the server. */
    public long pid() {
        ProcessHandle running = process;
        if (running == null) {
            throw new IllegalStateException("the server is not started");
        }
        return running.pid();
    }

    /** The server's log. */
    public String log() {
        try {
            return Files.readString(domains.resolve("domain1/logs/server.log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            asadmin("stop-domain", "--domaindir", domains.toString(), "--kill=false", "domain1");
        } finally {
            kill();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void kill() {
        ProcessHandle running = process != null ? process : ofPidFile().orElse(null);
        if (running != null && running.isAlive()) {
            running.destroyForcibly();
            running.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    private Optional<ProcessHandle> ofPidFile() {
        try {
            Path file = domains.resolve("domain1/config/pid");
            return ProcessHandle.of(Long.parseLong(Files.readString(file).trim()));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private String asadmin(String... command) {
        Path tool = Built.fullServer().resolve("glassfish/lib/client/appserver-cli.jar");
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(List.of("-Duser.home=" + domains, "-jar", tool.toString()));
        all.addAll(Arrays.asList(command));
        Path output = domains.resolve("asadmin.log");
        try {
            // into a file: the server inherits the output and would keep a pipe open
            Process admin =
                    new ProcessBuilder(all)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            admin.getOutputStream().close();
            if (!admin.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                admin.destroyForcibly();
                throw new IllegalStateException("asadmin hangs: " + List.of(command));
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (admin.exitValue() != 0) {
                throw new IllegalStateException("asadmin " + List.of(command) + " failed: " + text);
            }
            return text;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void makeDomain(Map<String, String> properties) throws IOException {
        Path template = Built.fullServer().resolve("glassfish/domains/domain1");
        Path domain = domains.resolve("domain1");
        Directories.delete(domain);
        Directories.copy(template, domain);
        Path file = domain.resolve("config/domain.xml");
        StringBuilder options = new StringBuilder();
        properties.forEach(
                (name, value) ->
                        options.append(
                                "<jvm-options>-D%s=%s</jvm-options>".formatted(name, value)));
        String text = Files.readString(file);
        text = replaced(text, "<network-listener port=\"8080\"", listener(httpPort, true));
        text = replaced(text, "<network-listener port=\"8181\"", listener(8181, false));
        text = replaced(text, "<network-listener port=\"4848\"", listener(adminPort, true));
        text = replaced(text, "<jmx-connector ", "<jmx-connector enabled=\"false\" ");
        text = text.replace("<iiop-listener ", "<iiop-listener enabled=\"false\" ");
        text =
                replaced(
                        text,
                        "<connector-service ",
                        "<jms-service type=\"DISABLED\" default-jms-host=\"none\"><jms-host"
                                + " name=\"none\" host=\"127.0.0.1\"/></jms-service>"
                                + "<connector-service ");
        text =
                replaced(
                        text,
                        "<hazelcast-runtime-configuration ",
                        "<phone-home-runtime-configuration enabled=\"false\"/>"
                                + "<hazelcast-runtime-configuration ");
        text =
                replaced(
                        text,
                        "<hazelcast-config-specific-configuration>",
                        "<hazelcast-config-specific-configuration enabled=\"false\">");
        text =
                replaced(
                        text,
                        "<jvm-options>-Dorg.glassfish.additionalOSGiBundlesToStart=",
                        options + "<jvm-options>-Dnot.started=");
        Files.writeString(file, text);
    }

    private static String listener(int port, boolean enabled) {
        return "<network-listener address=\"127.0.0.1\" enabled=\"%s\" port=\"%d\""
                .formatted(enabled, port);
    }

    /** The first occurrence replaced; the template of another version would not be understood. */
    private static String replaced(String text, String old, String by) {
        int at = text.indexOf(old);
        if (at < 0) {
            throw new IllegalStateException("domain.xml has no " + old);
        }
        return text.substring(0, at) + by + text.substring(at + old.length());
    }

    /** Trees of files. */
    private static final class Directories {

        private Directories() {}

        static void copy(Path from, Path to) throws IOException {
            try (var paths = Files.walk(from)) {
                for (Path path : paths.toList()) {
                    Path target = to.resolve(from.relativize(path).toString());
                    if (Files.isDirectory(path)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
        }

        static void delete(Path directory) throws IOException {
            if (Files.exists(directory)) {
                try (var paths = Files.walk(directory)) {
                    for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    /**
     * Gives tests one server for all. The listeners of the product's inbox have free ports there,
     * and its dashboard the password {@link ProductServer#PASSWORD}. Whoever deploys undeploys.
     */
    public static final class Shared implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(FullServer.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == FullServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(FullServer.class, key -> start(), FullServer.class);
        }

        private static FullServer start() {
            return FullServer.start(
                    "full",
                    Map.of(
                            "dermaga.stream.port",
                            Integer.toString(FreePorts.next()),
                            "dermaga.lines.port",
                            Integer.toString(FreePorts.next()),
                            "dermaga.stream.host",
                            "127.0.0.1",
                            "dermaga.lines.host",
                            "127.0.0.1",
                            "dermaga.trace.endpoint",
                            "http://127.0.0.1:" + FreePorts.next() + "/v1/traces", // of nobody
                            "dermaga.admin.password",
                            ProductServer.PASSWORD,
                            "dermaga.data",
                            Built.target("it").resolve("full-data").toString()));
        }
    }
}
