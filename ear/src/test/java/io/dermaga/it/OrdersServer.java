package io.dermaga.it;

import io.dermaga.it.support.FreePorts;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.SpanCollector;
import io.dermaga.it.support.Tcp;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The product with the application of {@code io.dermaga.it.orders} beside it, whose beans refuse
 * payloads: one for all tests of a run.
 */
public final class OrdersServer implements AutoCloseable {

    private final AtomicInteger numbers = new AtomicInteger(1000);
    private final int port = FreePorts.next();
    private final int invoices = FreePorts.next();
    private final SpanCollector collector = new SpanCollector().open();
    private final int cards = FreePorts.next();
    private final ProductServer product;

    private OrdersServer() {
        var war =
                Inboxes.exported(
                        ShrinkWrap.create(WebArchive.class, "orders.war")
                                .addPackage("io.dermaga.it.orders"));
        product =
                ProductServer.start(
                        "orders",
                        options ->
                                options.deploy(war)
                                        .property("dermaga.trace.endpoint", collector.endpoint())
                                        .property("dermaga.trace.waiting", "20")
                                        .property("dermaga.orders.host", "127.0.0.1")
                                        .property("dermaga.orders.port", Integer.toString(port))
                                        .property("dermaga.invoices.host", "127.0.0.1")
                                        .property(
                                                "dermaga.invoices.port", Integer.toString(invoices))
                                        .property("dermaga.cards.host", "127.0.0.1")
                                        .property("dermaga.cards.port", Integer.toString(cards))
                                        .property("dermaga.mask.cards", "pan"));
    }

    /** Address of the dashboard, without a slash at its end. */
    URI dashboard() {
        return product.dashboard();
    }

    /** Port of a listener of the inbox, as {@link ProductServer#port}. */
    int port(String listener) {
        return product.port(listener);
    }

    /** The number of an order that no other test has. */
    int newOrder() {
        return numbers.incrementAndGet();
    }

    /**
     * Sends an order, and waits until the bean was done with it: one that is closed or late has
     * become a dead letter then, and its connection was reset.
     */
    void send(String order) {
        try {
            Tcp.send(port, order);
        } catch (UncheckedIOException reset) {
            if (!(reset.getCause() instanceof SocketException)) {
                throw reset;
            }
        }
    }

    /** Sends an order that is traced. Gives what its bean was told of the trace. */
    String sendTraced(String order) {
        return new String(Tcp.send(port, order + " traced"), StandardCharsets.US_ASCII);
    }

    /** The port of orders: a payload ends with its connection. */
    int orders() {
        return port;
    }

    /** Takes the spans of all payloads. */
    SpanCollector collector() {
        return collector;
    }

    /** The server's log file. */
    Path log() {
        return product.log();
    }

    /** The port of invoices, of which two beans are given copies. */
    int invoices() {
        return invoices;
    }

    /** The port of payments, {@code iso8583(nac)}; numbers of cards are masked in them. */
    int cards() {
        return cards;
    }

    @Override
    public void close() {
        product.close();
        collector.close();
    }

    /** Gives tests the shared server. */
    public static final class Shared implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(OrdersServer.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == OrdersServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(
                            OrdersServer.class, key -> new OrdersServer(), OrdersServer.class);
        }
    }
}
