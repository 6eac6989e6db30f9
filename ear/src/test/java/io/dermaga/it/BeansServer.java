package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.it.support.Built;
import io.dermaga.it.support.FreePorts;
import io.dermaga.it.support.Micro;
import io.dermaga.run.MicroOptions;
import io.dermaga.run.MicroServer;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Payara Micro with 512 MiB of heap, the standalone adapter, the beans of {@code io.dermaga.it.app}
 * and the example of ten lines: one for all tests of a run.
 */
public final class BeansServer implements AutoCloseable {

    private static final List<String> BEANS =
            List.of(
                    "fast",
                    "sleepy",
                    "pooled",
                    "failing",
                    "hash",
                    "batch",
                    "rollback",
                    "reply",
                    "socket");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Integer> ports = new HashMap<>();
    private final MicroServer server;

    private BeansServer() {
        MicroOptions.Builder options =
                Micro.withAdapter("beans").deploy(war("beans")).deploy(Built.tenLines());
        for (String bean : BEANS) {
            ports.put(bean, FreePorts.next());
            options.property("dermaga." + bean + ".port", Integer.toString(port(bean)));
            options.property("dermaga." + bean + ".host", "127.0.0.1");
        }
        ports.put("inbox", FreePorts.next());
        options.property("dermaga.inbox.port", Integer.toString(port("inbox")));
        this.server = Micro.start(options);
    }

    /** The beans as a WAR. */
    static Path war(String name) {
        return Inboxes.exported(
                ShrinkWrap.create(WebArchive.class, name + ".war")
                        .addPackage("io.dermaga.it.app")
                        .addAsWebInfResource("app/glassfish-ejb-jar.xml", "glassfish-ejb-jar.xml"));
    }

    public int port(String bean) {
        return Objects.requireNonNull(ports.get(bean), bean);
    }

    public long pid() {
        return server.pid();
    }

    /** The server's log so far. */
    public String log() {
        try {
            return Files.readString(server.log().file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the beans' servlet tells under a path. */
    public String tell(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + server.httpPort()
                                                + "/beans/tell/"
                                                + path))
                        .timeout(Duration.ofSeconds(30))
                        .build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the beans saw, as {@code bean.key}. */
    public Properties ledger() {
        return properties("ledger");
    }

    /** What the adapter tells of itself, as {@code listener.key}. */
    public Properties monitor() {
        return properties("monitor");
    }

    private Properties properties(String path) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(tell(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** A value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Gives tests the shared server. */
    public static final class Shared implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(BeansServer.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == BeansServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(
                            BeansServer.class, key -> new BeansServer(), BeansServer.class);
        }
    }
}
