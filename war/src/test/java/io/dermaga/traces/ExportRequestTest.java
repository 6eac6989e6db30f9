package io.dermaga.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.MessageRecord.Stages;
import io.dermaga.api.monitor.PayloadTrace;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is encoded here is what OpenTelemetry's own classes decode. */
class ExportRequestTest {

    private static final Instant FIRST_BYTE = Instant.parse("2026-01-02T03:04:05.000000006Z");

    private static MessageRecord message(
            String copy, int attempts, Outcome outcome, @Nullable String error) {
        return message(copy, attempts, outcome, error, null);
    }

    private static MessageRecord message(
            String copy,
            int attempts,
            Outcome outcome,
            @Nullable String error,
            @Nullable Stages stages) {
        return new MessageRecord(
                1,
                "abc-1.7" + (copy.isEmpty() ? "" : "." + copy),
                copy,
                "abc-1",
                "orders",
                new InetSocketAddress("10.0.0.7", 51422),
                5_000_000_000L,
                FIRST_BYTE,
                Duration.ofNanos(100),
                Duration.ofNanos(attempts == 0 ? 0 : 20),
                Duration.ofNanos(attempts == 0 ? 0 : 3),
                attempts,
                outcome,
                error,
                true,
                null,
                stages,
                null);
    }

    private static ExportTraceServiceRequest decoded(MessageRecord... messages) throws Exception {
        return ExportTraceServiceRequest.parseFrom(
                ExportRequest.of(Map.of("service.name", "quay"), List.of(messages)));
    }

    private static Map<String, Object> attributes(List<KeyValue> all) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (KeyValue one : all) {
            AnyValue value = one.getValue();
            attributes.put(
                    one.getKey(),
                    switch (value.getValueCase()) {
                        case INT_VALUE -> value.getIntValue();
                        case BOOL_VALUE -> value.getBoolValue();
                        default -> value.getStringValue();
                    });
        }
        return attributes;
    }

    @Test
    void a_delivered_payload_is_four_spans_whose_times_add_up() throws Exception {
        MessageRecord message = message("", 2, Outcome.DELIVERED, null);
        PayloadTrace trace = PayloadTrace.of(message);

        ExportTraceServiceRequest request = decoded(message);
        List<Span> spans = Receiver.spans(request);

        assertThat(request.getUnknownFields().asMap()).isEmpty();
        assertThat(spans)
                .extracting(Span::getName)
                .containsExactly("receive orders", "receiving", "waiting", "process orders");
        assertThat(spans)
                .extracting(Span::getKind)
                .containsExactly(
                        Span.SpanKind.SPAN_KIND_CONSUMER,
                        Span.SpanKind.SPAN_KIND_INTERNAL,
                        Span.SpanKind.SPAN_KIND_INTERNAL,
                        Span.SpanKind.SPAN_KIND_CONSUMER);
        assertThat(spans)
                .allMatch(span -> Receiver.hex(span.getTraceId()).equals(trace.traceId()))
                .allMatch(span -> span.getUnknownFields().asMap().isEmpty())
                .allMatch(span -> span.getStatus().getCode() == StatusCode.STATUS_CODE_UNSET);
        String whole = trace.spanId(PayloadTrace.WHOLE);
        assertThat(spans)
                .extracting(span -> Receiver.hex(span.getParentSpanId()))
                .containsExactly("", whole, whole, whole);
        assertThat(Receiver.hex(spans.get(0).getSpanId())).isEqualTo(whole);
        assertThat(Receiver.hex(spans.get(3).getSpanId()))
                .isEqualTo(trace.spanId(PayloadTrace.IN_BEAN));
        long start = FIRST_BYTE.getEpochSecond() * 1_000_000_000 + 6;
        assertThat(spans)
                .extracting(Span::getStartTimeUnixNano)
                .containsExactly(start, start, start + 100, start + 120);
        assertThat(spans)
                .extracting(Span::getEndTimeUnixNano)
                .containsExactly(start + 123, start + 100, start + 120, start + 123);
    }

    @Test
    void stages_have_spans_for_their_parts() throws Exception {
        Stages stages =
                new Stages(
                        Duration.ofNanos(15),
                        Duration.ofNanos(5),
                        Duration.ofNanos(1),
                        Duration.ZERO,
                        Duration.ofNanos(2));
        MessageRecord message = message("", 2, Outcome.DELIVERED, null, stages);
        PayloadTrace trace = PayloadTrace.of(message);

        List<Span> parts = Receiver.spans(decoded(message)).subList(4, 7);

        String process = trace.spanId(PayloadTrace.IN_BEAN);
        assertThat(parts)
                .extracting(Span::getName)
                .containsExactly("spool", "redelivery", "commit");
        assertThat(parts)
                .extracting(span -> Receiver.hex(span.getParentSpanId()))
                .containsExactly(trace.spanId("waiting"), process, process);
        long start = FIRST_BYTE.getEpochSecond() * 1_000_000_000 + 6;
        assertThat(parts)
                .extracting(Span::getStartTimeUnixNano)
                .containsExactly(start + 100, start + 120, start + 121);
        assertThat(parts)
                .extracting(Span::getEndTimeUnixNano)
                .containsExactly(start + 115, start + 121, start + 123);
    }

    @Test
    void attributes_go_by_the_conventions() throws Exception {
        List<Span> spans = Receiver.spans(decoded(message("billing", 2, Outcome.DELIVERED, null)));

        assertThat(attributes(spans.get(0).getAttributesList()))
                .containsExactly(
                        Map.entry("messaging.system", "dermaga"),
                        Map.entry("messaging.operation.name", "receive"),
                        Map.entry("messaging.operation.type", "receive"),
                        Map.entry("messaging.destination.name", "orders"),
                        Map.entry("messaging.consumer.group.name", "billing"),
                        Map.entry("messaging.message.id", "abc-1.7"),
                        Map.entry("messaging.message.body.size", 5_000_000_000L),
                        Map.entry("network.transport", "tcp"),
                        Map.entry("network.type", "ipv4"),
                        Map.entry("network.peer.address", "10.0.0.7"),
                        Map.entry("network.peer.port", 51422L),
                        Map.entry("dermaga.connection.id", "abc-1"),
                        Map.entry("dermaga.outcome", "delivered"),
                        Map.entry("dermaga.attempts", 2L),
                        Map.entry("dermaga.spilled", true));
        assertThat(attributes(spans.get(3).getAttributesList()))
                .containsEntry("messaging.operation.type", "process")
                .containsEntry("dermaga.attempts", 2L);
    }

    @Test
    void what_has_failed_is_an_error_with_its_number_and_its_words() throws Exception {
        List<Span> spans =
                Receiver.spans(decoded(message("", 5, Outcome.FAILED, "DMG3001 it is bad")));

        assertThat(spans)
                .extracting(span -> span.getStatus().getCode())
                .containsExactly(
                        StatusCode.STATUS_CODE_ERROR,
                        StatusCode.STATUS_CODE_UNSET,
                        StatusCode.STATUS_CODE_UNSET,
                        StatusCode.STATUS_CODE_ERROR);
        assertThat(spans.get(0).getStatus().getMessage()).isEqualTo("DMG3001 it is bad");
        assertThat(attributes(spans.get(0).getAttributesList()))
                .containsEntry("error.type", "DMG3001")
                .containsEntry("dermaga.outcome", "failed");
    }

    @Test
    void what_no_bean_has_seen_was_received_and_nothing_else() throws Exception {
        List<Span> spans =
                Receiver.spans(decoded(message("", 0, Outcome.DISCARDED, "DMG2103 too large")));

        assertThat(spans).extracting(Span::getName).containsExactly("receive orders", "receiving");
        assertThat(spans.get(0).getEndTimeUnixNano()).isEqualTo(spans.get(1).getEndTimeUnixNano());
        assertThat(attributes(spans.get(0).getAttributesList()))
                .containsEntry("dermaga.outcome", "discarded");
    }

    @Test
    void the_resource_is_the_service_and_all_messages_are_in_one_scope() throws Exception {
        MessageRecord message = message("", 1, Outcome.DELIVERED, null);
        var resourceSpans = decoded(message, message).getResourceSpans(0);

        assertThat(attributes(resourceSpans.getResource().getAttributesList()))
                .containsExactly(Map.entry("service.name", "quay"));
        assertThat(resourceSpans.getScopeSpansList()).hasSize(1);
        assertThat(resourceSpans.getScopeSpans(0).getScope().getName()).isEqualTo("io.dermaga");
        assertThat(resourceSpans.getScopeSpans(0).getSpansList()).hasSize(8);
    }
}
