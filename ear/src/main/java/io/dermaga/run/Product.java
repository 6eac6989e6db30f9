package io.dermaga.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The product on a server of its own: adapter, dashboard and inbox.
 *
 * @param listeners which the inbox is configured to open
 */
public record Product(MicroServer server, URI dashboard, List<InboxListener> listeners)
        implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration LISTEN_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * Where things are.
     *
     * @param work for the modules, the server's log and what it writes
     * @param project working directory of the server, with {@code dermaga.properties} if any
     */
    public record Places(Path ear, Path microJar, Path work, Path project) {}

    public Product {
        listeners = List.copyOf(listeners);
    }

    /**
     * Takes the EAR apart, checks the ports and starts the server.
     *
     * @param more adds to the server's options, or changes them
     * @throws LaunchException DMG5001 a port is in use, DMG5004 a file is missing, DMG5006 a
     *     setting is wrong
     */
    public static Product start(
            Places places,
            Properties system,
            Map<String, String> environment,
            Consumer<String> console,
            UnaryOperator<MicroOptions.Builder> more)
            throws LaunchException {
        Path work = places.work().toAbsolutePath();
        ProductModules modules = ProductModules.unpack(places.ear(), work.resolve("modules"));
        Configuration configuration =
                Configuration.read(system, environment, places.project(), modules.war());
        String host = configuration.value("dermaga.http.host").orElse("127.0.0.1");
        int port = configuration.port("dermaga.http.port", 8080);
        List<InboxListener> listeners = InboxListener.of(configuration);
        for (InboxListener listener : listeners) {
            for (String address : listener.hosts()) {
                Ports.requireFree(
                        address,
                        listener.port(),
                        "listener '" + listener.name() + "'",
                        listener.portProperty());
            }
        }
        String data = data(configuration, places);
        MicroOptions.Builder options =
                MicroOptions.builder(places.microJar(), work)
                        .workingDirectory(places.project())
                        .http(host, port)
                        .deploy(modules.rar())
                        .deploy(modules.war())
                        .contextRoot(ProductModules.CONTEXT_ROOT)
                        .jvm(words(configuration.value("dermaga.jvm").orElse("")))
                        .property("dermaga.data", data)
                        .property(
                                "dermaga.adapter.dataDirectory",
                                configuration.value("dermaga.adapter.dataDirectory").orElse(data))
                        .properties(configuration.passedOn())
                        .console(console);
        String shownHost = shown(host);
        URI dashboard =
                URI.create(
                        "http://%s:%d/%s".formatted(shownHost, port, ProductModules.CONTEXT_ROOT));
        return new Product(more.apply(options).build().start(), dashboard, listeners);
    }

    private static String shown(String host) {
        if (Set.of("127.0.0.1", "0.0.0.0", "::1", "::").contains(host)) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /**
     * Waits until the dashboard answers and each listener listens or said why it cannot.
     *
     * @throws LaunchException DMG5002 the server ended, DMG5003 it took longer than 120 s, DMG5005
     *     the dashboard does not answer
     */
    public Product awaitUp() throws LaunchException, InterruptedException {
        server.awaitReady(START_LIMIT);
        String answer = answerOfDashboard();
        if (!answer.isEmpty()) {
            throw new LaunchException(
                    "DMG5005 the dashboard does not answer at %s (%s), its deployment failed; the end of the log (%s):%n%s"
                            .formatted(
                                    dashboard, answer, server.log().file(), server.log().tail()));
        }
        long end = System.nanoTime() + LISTEN_LIMIT.toNanos();
        while (System.nanoTime() < end && !listeners.stream().allMatch(this::hasSpoken)) {
            Thread.sleep(POLL.toMillis());
        }
        return this;
    }

    /** The message in which the listener said that it listens. */
    Optional<String> listening(InboxListener listener) {
        return server.log()
                .numbered(Pattern.compile("DMG2002 listener " + quoted(listener)))
                .map(line -> line.substring(line.indexOf("listens on")));
    }

    /** The password, when it was generated now: it is said once. */
    public Optional<String> generatedPassword() {
        Pattern said = Pattern.compile("DMG4001 .* password (\\S+)");
        return server.log()
                .numbered(said)
                .map(said::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1));
    }

    @Override
    public void close() {
        server.close();
    }

    private boolean hasSpoken(InboxListener listener) {
        return listening(listener).isPresent()
                || server.log()
                        .numbered(Pattern.compile("DMG1201 listener " + quoted(listener)))
                        .isPresent();
    }

    private static String quoted(InboxListener listener) {
        return Pattern.quote("'" + listener.name() + "'");
    }

    /** Empty, or what is wrong. */
    private String answerOfDashboard() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(dashboard + "/"))
                        .timeout(Duration.ofSeconds(60))
                        .build();
        try {
            int status =
                    HttpClient.newBuilder()
                            .proxy(HttpClient.Builder.NO_PROXY)
                            .build()
                            .send(request, BodyHandlers.discarding())
                            .statusCode();
            return status < 400 ? "" : "HTTP status " + status;
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    private static String data(Configuration configuration, Places places) {
        String fallback = places.work().toAbsolutePath().resolveSibling("dermaga-data").toString();
        return configuration.value("dermaga.data").orElse(fallback);
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
    }
}
