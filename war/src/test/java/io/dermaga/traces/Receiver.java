package io.dermaga.traces;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector that decodes what it is sent with OpenTelemetry's own classes. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedDeque<Integer> statuses = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<ExportTraceServiceResponse> responses =
            new ConcurrentLinkedDeque<>();

    /** On a port of its own, or 0. */
    Receiver(int port) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        server.createContext("/v1/traces", this::take);
        server.setExecutor(threads);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
            headers.add(Map.copyOf(exchange.getRequestHeaders()));
            Integer status = statuses.poll();
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.getResponseHeaders().add("Location", endpoint() + "/elsewhere");
            if (status != null) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            requests.add(ExportTraceServiceRequest.parseFrom(body));
            ExportTraceServiceResponse response = responses.poll();
            byte[] answer = response == null ? new byte[0] : response.toByteArray();
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** The next requests are answered so. */
    void answers(int... next) {
        for (int status : next) {
            statuses.add(status);
        }
    }

    void answers(ExportTraceServiceResponse next) {
        responses.add(next);
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port() + "/v1/traces");
    }

    List<ExportTraceServiceRequest> requests() {
        return requests;
    }

    /** Of all requests, in lower case. */
    List<Map<String, List<String>>> headers() {
        return headers;
    }

    List<Span> spans() {
        return requests.stream().flatMap(one -> spans(one).stream()).toList();
    }

    static List<Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(one -> one.getScopeSpansList().stream())
                .flatMap(one -> one.getSpansList().stream())
                .toList();
    }

    /** Those without a parent. */
    List<Span> roots() {
        return spans().stream().filter(span -> span.getParentSpanId().isEmpty()).toList();
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
