package io.dermaga.it.support;

import io.dermaga.run.InboxListener;
import io.dermaga.run.LaunchException;
import io.dermaga.run.MicroOptions;
import io.dermaga.run.Product;
import io.dermaga.run.Product.Places;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The product as {@code mvn -Prun} starts it, on free ports: one for all test classes of a run,
 * started when the first asks for it and stopped at the end. A test gets it as a parameter:
 *
 * <pre>{@code
 * @ExtendWith(ProductServer.Shared.class)
 * class SomethingIT {
 *     @Test
 *     void a_sentence_about_behaviour(ProductServer server) { … }
 * }
 * }</pre>
 */
public final class ProductServer implements AutoCloseable {

    /** Password of the user {@code admin}. */
    public static final String PASSWORD = "quay-of-the-tests";

    /** Password of the user {@code viewer}. */
    public static final String VIEWER_PASSWORD = "harbour-of-the-tests";

    private final Product product;
    private final Certificate certificate;
    private final int webhookPort;
    private final int loginProviderPort;

    private ProductServer(
            Product product, Certificate certificate, int webhookPort, int loginProviderPort) {
        this.product = product;
        this.certificate = certificate;
        this.webhookPort = webhookPort;
        this.loginProviderPort = loginProviderPort;
    }

    /**
     * The product with an application beside it, for one test class that closes it.
     *
     * @param name of the directory {@code target/it/NAME} with {@code server.log}
     * @param more adds the application to the server's options
     */
    public static ProductServer start(String name, UnaryOperator<MicroOptions.Builder> more) {
        Properties properties = new Properties();
        properties.setProperty("dermaga.http.port", Integer.toString(FreePorts.next()));
        properties.setProperty("dermaga.stream.port", Integer.toString(FreePorts.next()));
        properties.setProperty("dermaga.lines.port", Integer.toString(FreePorts.next()));
        properties.setProperty("dermaga.stream.host", "127.0.0.1");
        properties.setProperty("dermaga.lines.host", "127.0.0.1");
        properties.setProperty("dermaga.admin.password", PASSWORD);
        properties.setProperty("dermaga.viewer.password", VIEWER_PASSWORD);
        Path work = Built.target("it").resolve(name);
        try {
            Path directory = Files.createDirectories(work.resolve("working-directory"));
            Certificate certificate = Certificate.in(work);
            int webhookPort = FreePorts.next();
            int loginProviderPort = FreePorts.next();
            // of its own, and empty at each start
            properties.setProperty(
                    "dermaga.data", Files.createTempDirectory(work, "data").toString());
            properties.setProperty(
                    "dermaga.history.attributes",
                    "order=json(/order/no), patient=hl7(PID-3.1), ref=xml(/Order/@ref)");
            properties.setProperty("dermaga.inbox.listeners", "stream,lines,secure");
            properties.setProperty("dermaga.secure.host", "127.0.0.1");
            properties.setProperty("dermaga.secure.port", Integer.toString(FreePorts.next()));
            properties.setProperty("dermaga.secure.framing", "lines");
            properties.setProperty("dermaga.secure.tls", "REQUIRED");
            properties.setProperty("dermaga.secure.tlsCertificate", certificate.store().toString());
            properties.setProperty("dermaga.secure.tlsPassword", Certificate.PASSWORD);
            properties.setProperty(
                    "dermaga.alert.secure-paused", "state(listener=secure, is=PAUSED, for=1s)");
            properties.setProperty("dermaga.alert.misspelt", "silense(listener=lines, for=5m)");
            properties.setProperty(
                    "dermaga.alerts.webhook", "http://127.0.0.1:" + webhookPort + "/secret-path");
            properties.setProperty("dermaga.oidc.issuer", LoginProvider.issuer(loginProviderPort));
            properties.setProperty("dermaga.oidc.clientId", LoginProvider.CLIENT);
            properties.setProperty("dermaga.oidc.clientSecret", LoginProvider.SECRET);
            properties.setProperty("dermaga.oidc.name", "Harbour Office");
            properties.setProperty("dermaga.oidc.rolesClaim", "realm_access.roles");
            properties.setProperty("dermaga.oidc.role.viewer", "guests");
            properties.setProperty("dermaga.oidc.role.operator", "crew");
            Product started =
                    Product.start(
                            new Places(Built.ear(), Built.microJar(), work, directory),
                            properties,
                            Map.of(),
                            line -> {},
                            options -> more.apply(options.jvm(Micro.memory(work))));
            return new ProductServer(up(started), certificate, webhookPort, loginProviderPort);
        } catch (LaunchException | java.io.IOException failed) {
            throw new IllegalStateException(failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static Product up(Product started) throws LaunchException, InterruptedException {
        try {
            return started.awaitUp();
        } catch (LaunchException failed) {
            started.close();
            throw failed;
        }
    }

    /** Address of the dashboard, without a slash at its end. */
    public URI dashboard() {
        return product.dashboard();
    }

    /** Port of the dashboard. */
    public int httpPort() {
        return product.server().httpPort();
    }

    /** That of the listener {@code secure}. */
    public Certificate certificate() {
        return certificate;
    }

    /** Port of a listener of the inbox: {@code stream}, {@code lines} or {@code secure} (TLS). */
    public int port(String listener) {
        return product.listeners().stream()
                .filter(one -> one.name().equals(listener))
                .mapToInt(InboxListener::port)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(listener));
    }

    /** The password of {@code admin}, if it was generated at this start. */
    public String generatedPassword() {
        return product.generatedPassword().orElseThrow();
    }

    /** Port to which alerts are sent, where somebody listens if a test wants it. */
    public int webhookPort() {
        return webhookPort;
    }

    /** Port of the identity provider of the settings, where a test may start one. */
    public int loginProviderPort() {
        return loginProviderPort;
    }

    /** Process id of the server. */
    public long pid() {
        return product.server().pid();
    }

    /** The server's log file. */
    public Path log() {
        return product.server().log().file();
    }

    @Override
    public void close() {
        product.close();
    }

    /** Gives tests the shared server. */
    public static final class Shared implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(ProductServer.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ProductServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(
                            ProductServer.class,
                            key -> ProductServer.start("product", UnaryOperator.identity()),
                            ProductServer.class);
        }
    }
}
