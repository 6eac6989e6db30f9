package io.dermaga.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.TestEngine;
import io.dermaga.api.Payload;
import io.dermaga.api.monitor.PayloadTrace;
import io.dermaga.history.TalkingAdapter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bean goes on with the trace of its payload, as docs/traces.md says. */
class BeanGoesOnTest {

    /** The lines of docs/traces.md. */
    private static final TextMapGetter<Payload> TRACE =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(Payload payload) {
                    return List.of("traceparent");
                }

                @Override
                public @Nullable String get(Payload payload, String key) {
                    return key.equals("traceparent") ? payload.traceParent().orElse(null) : null;
                }
            };

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final SdkTracerProvider provider =
            SdkTracerProvider.builder()
                    .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build();
    private final Tracer tracer = provider.get("shop");

    @AfterEach
    void close() {
        provider.close();
    }

    private void onPayload(Payload payload) {
        Context context =
                W3CTraceContextPropagator.getInstance().extract(Context.root(), payload, TRACE);
        Span span = tracer.spanBuilder("book order").setParent(context).startSpan();
        span.end();
    }

    private TalkingAdapter adapter(Path data, Map<String, String> settings) {
        return new TalkingAdapter(TestEngine.in(data, settings), this::onPayload, "orders");
    }

    private static Map<String, String> sampled(String share) {
        return Map.of(
                "dermaga_trace_endpoint",
                "http://localhost:4318/v1/traces",
                "dermaga_trace_sample",
                share);
    }

    @Test
    void the_span_of_the_bean_is_below_the_stage_in_the_bean(@TempDir Path data) throws Exception {
        try (TalkingAdapter adapter = adapter(data, sampled("1"))) {
            adapter.send("orders", List.of("one"));

            PayloadTrace trace = PayloadTrace.of(adapter.monitor().messages(0, 1).get(0));
            SpanData span = exported.getFinishedSpanItems().get(0);
            assertThat(span.getTraceId()).isEqualTo(trace.traceId());
            assertThat(span.getParentSpanId()).isEqualTo(trace.spanId(PayloadTrace.IN_BEAN));
            assertThat(span.getParentSpanContext().isRemote()).isTrue();
        }
    }

    @Test
    void a_bean_traces_what_is_sampled_and_nothing_else(@TempDir Path data) throws Exception {
        try (TalkingAdapter adapter = adapter(data, sampled("0.5"))) {
            adapter.send("orders", Collections.nCopies(200, "x"));

            assertThat(exported.getFinishedSpanItems())
                    .extracting(SpanData::getTraceId)
                    .containsExactlyElementsOf(
                            adapter.monitor().messages(0, 1000).stream()
                                    .map(PayloadTrace::of)
                                    .filter(trace -> trace.isSampled(0.5))
                                    .map(PayloadTrace::traceId)
                                    .toList());
        }
    }

    @Test
    void where_nothing_is_traced_the_bean_begins_a_trace_of_its_own(@TempDir Path data)
            throws Exception {
        try (TalkingAdapter adapter = adapter(data, Map.of())) {
            adapter.send("orders", List.of("one"));

            assertThat(exported.getFinishedSpanItems().get(0).getParentSpanContext().isValid())
                    .isFalse();
        }
    }
}
