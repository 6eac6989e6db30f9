package io.dermaga.it.support;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A collector of OTLP over HTTP on a port of its own, which decodes with OpenTelemetry's own
 * classes. It can go away and come back.
 */
public final class SpanCollector implements AutoCloseable {

    private final int port = FreePorts.next();
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private @Nullable HttpServer server;

    /** Where spans are to be sent. */
    public String endpoint() {
        return "http://127.0.0.1:" + port + "/v1/traces";
    }

    /** Is there from now on. */
    public synchronized SpanCollector open() {
        try {
            HttpServer opened =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            opened.createContext("/v1/traces", this::take);
            opened.start();
            server = opened;
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest.parseFrom(new GZIPInputStream(exchange.getRequestBody()))
                    .getResourceSpansList()
                    .forEach(
                            resource ->
                                    resource.getScopeSpansList()
                                            .forEach(scope -> spans.addAll(scope.getSpansList())));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** The spans of a trace so far. */
    public List<Span> trace(String traceId) {
        return spans.stream().filter(one -> hex(one.getTraceId()).equals(traceId)).toList();
    }

    /** All so far. */
    public List<Span> spans() {
        return spans;
    }

    /** An id as it is written. */
    public static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** A text or a number that is told of a span. */
    public static String attribute(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(one -> one.getKey().equals(name))
                .map(
                        one ->
                                one.getValue().hasIntValue()
                                        ? Long.toString(one.getValue().getIntValue())
                                        : one.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    /** Is away from now on. */
    @Override
    public synchronized void close() {
        HttpServer open = server;
        if (open != null) {
            open.stop(0);
        }
        server = null;
    }
}
