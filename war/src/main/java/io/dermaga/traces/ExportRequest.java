package io.dermaga.traces;

import io.dermaga.api.monitor.MessageRecord;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * An {@code ExportTraceServiceRequest} of OTLP 1.x. The numbers are those of the fields in {@code
 * opentelemetry/proto}: {@code collector/trace/v1/trace_service.proto}, {@code
 * trace/v1/trace.proto}, {@code resource/v1/resource.proto} and {@code common/v1/common.proto},
 * which never change (OTLP, "Future Versions and Interoperability").
 */
final class ExportRequest {

    private static final HexFormat HEX = HexFormat.of();
    private static final long SECOND_NANOS = 1_000_000_000;

    private static final int STATUS_ERROR = 2;

    private ExportRequest() {}

    /**
     * The spans of messages.
     *
     * @param resource attributes of what has produced them
     */
    static byte[] of(Map<String, Object> resource, List<MessageRecord> messages) {
        Protobuf scopeSpans =
                new Protobuf().message(1, new Protobuf().text(1, "io.dermaga")); // scope: name
        for (MessageRecord message : messages) {
            PayloadSpans.of(message).forEach(span -> scopeSpans.message(2, span(span)));
        }
        Protobuf resourceSpans =
                new Protobuf()
                        .message(1, attributes(1, resource, new Protobuf()))
                        .message(2, scopeSpans);
        return new Protobuf().message(1, resourceSpans).toByteArray();
    }

    private static Protobuf span(Span span) {
        Protobuf written =
                new Protobuf()
                        .bytes(1, HEX.parseHex(span.traceId()))
                        .bytes(2, HEX.parseHex(span.id()))
                        .text(5, span.name())
                        .number(6, span.kind().number())
                        .fixed(7, nanos(span.start()))
                        .fixed(8, nanos(span.end()));
        String parent = span.parentId();
        if (parent != null) {
            written.bytes(4, HEX.parseHex(parent));
        }
        attributes(9, span.attributes(), written);
        String error = span.error();
        if (error != null) {
            written.message(15, new Protobuf().text(2, error).number(3, STATUS_ERROR));
        }
        return written;
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * SECOND_NANOS + at.getNano();
    }

    private static Protobuf attributes(int field, Map<String, Object> all, Protobuf to) {
        all.forEach(
                (name, value) ->
                        to.message(field, new Protobuf().text(1, name).message(2, any(value))));
        return to;
    }

    private static Protobuf any(Object value) {
        if (value instanceof Boolean truth) {
            return new Protobuf().truth(2, truth);
        }
        if (value instanceof Long number) {
            return new Protobuf().number(3, number);
        }
        return new Protobuf().text(1, value.toString());
    }
}
