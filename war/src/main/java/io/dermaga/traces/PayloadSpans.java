package io.dermaga.traces;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Stages;
import io.dermaga.api.monitor.PayloadTrace;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a finished message: one for the whole, and one below it for each of its stages,
 * which follow each other without a gap, with parts of their own where they have some. Names and
 * attributes are those of the semantic conventions of OpenTelemetry for messaging and networks,
 * where they have one.
 */
final class PayloadSpans {

    private static final String RECEIVING = "receiving";
    private static final String WAITING = "waiting";

    private final MessageRecord message;
    private final PayloadTrace trace;
    private final String traceId;
    private final String wholeId;
    private final List<Span> spans = new ArrayList<>();
    private Instant at;

    private PayloadSpans(MessageRecord message) {
        this.message = message;
        this.trace = PayloadTrace.of(message);
        this.traceId = trace.traceId();
        this.wholeId = trace.spanId(PayloadTrace.WHOLE);
        this.at = message.firstByteAt();
    }

    /** The one of the whole comes first. */
    static List<Span> of(MessageRecord message) {
        PayloadSpans spans = new PayloadSpans(message);
        spans.whole();
        spans.stages();
        return spans.spans;
    }

    private void whole() {
        Map<String, Object> attributes = operation("receive");
        InetSocketAddress peer = message.remoteAddress();
        attributes.put("network.transport", "tcp");
        if (peer.getAddress() != null) {
            attributes.put(
                    "network.type", peer.getAddress() instanceof Inet6Address ? "ipv6" : "ipv4");
            attributes.put("network.peer.address", peer.getAddress().getHostAddress());
            attributes.put("network.peer.port", (long) peer.getPort());
        }
        attributes.put("dermaga.connection.id", message.connectionId());
        attributes.put("dermaga.outcome", message.outcome().name().toLowerCase(Locale.ROOT));
        attributes.put("dermaga.attempts", (long) message.attempts());
        attributes.put("dermaga.spilled", message.spilled());
        Duration all = message.receiving().plus(message.waiting()).plus(message.inBean());
        spans.add(
                new Span(
                        traceId,
                        wholeId,
                        null,
                        "receive " + message.listener(),
                        Span.Kind.CONSUMER,
                        at,
                        at.plus(all),
                        failing(attributes),
                        message.error()));
    }

    private void stages() {
        stage(RECEIVING, message.receiving());
        if (message.attempts() > 0) {
            Instant lastByte = at;
            stage(WAITING, message.waiting());
            Instant called = at;
            inBean();
            Stages parts = message.stages();
            if (parts != null) {
                part("spool", WAITING, lastByte, parts.spool());
                part("redelivery", PayloadTrace.IN_BEAN, called, parts.redelivery());
                Instant returned = called.plus(parts.redelivery()).plus(parts.bean());
                part("commit", PayloadTrace.IN_BEAN, returned, parts.commit());
            }
        }
    }

    /** A part of a stage, if there was one. */
    private void part(String name, String stage, Instant from, Duration took) {
        if (took.isZero()) {
            return;
        }
        spans.add(
                new Span(
                        traceId,
                        trace.spanId(name),
                        trace.spanId(stage),
                        name,
                        Span.Kind.INTERNAL,
                        from,
                        from.plus(took),
                        new LinkedHashMap<>(),
                        null));
    }

    private void stage(String name, Duration took) {
        add(name, name, Span.Kind.INTERNAL, took, new LinkedHashMap<>(), null);
    }

    /** The parent of what the bean does, if it goes on with the trace. */
    private void inBean() {
        Map<String, Object> attributes = operation("process");
        attributes.put("dermaga.attempts", (long) message.attempts());
        add(
                PayloadTrace.IN_BEAN,
                "process " + message.listener(),
                Span.Kind.CONSUMER,
                message.inBean(),
                failing(attributes),
                message.error());
    }

    private void add(
            String stage,
            String name,
            Span.Kind kind,
            Duration took,
            Map<String, Object> attributes,
            @Nullable String error) {
        Instant end = at.plus(took);
        spans.add(
                new Span(
                        traceId,
                        trace.spanId(stage),
                        wholeId,
                        name,
                        kind,
                        at,
                        end,
                        attributes,
                        error));
        at = end;
    }

    private Map<String, Object> operation(String name) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("messaging.system", "dermaga");
        attributes.put("messaging.operation.name", name);
        attributes.put("messaging.operation.type", name);
        attributes.put("messaging.destination.name", message.listener());
        if (!message.copy().isEmpty()) {
            attributes.put("messaging.consumer.group.name", message.copy());
        }
        attributes.put("messaging.message.id", trace.payloadId());
        attributes.put("messaging.message.body.size", message.size());
        return attributes;
    }

    /** With the number of the error, of which there are few, where there is one. */
    private Map<String, Object> failing(Map<String, Object> attributes) {
        String error = message.error();
        if (error != null) {
            int end = error.indexOf(' ');
            attributes.put("error.type", end < 0 ? error : error.substring(0, end));
        }
        return attributes;
    }
}
