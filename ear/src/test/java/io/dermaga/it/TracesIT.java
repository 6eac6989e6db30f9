package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.SpanCollector;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads as traces: from a peer on TCP, through a bean, to a collector. */
@ExtendWith({OrdersServer.Shared.class, Browser.Shared.class})
class TracesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * Spans of a trace that has ended, the whole first, then the stages and the commit of the
     * bean's transaction, in the order in which they begin.
     */
    private static List<Span> trace(OrdersServer server, String traceId) {
        await().atMost(PATIENCE).until(() -> server.collector().trace(traceId).size() == 5);
        return server.collector().trace(traceId).stream()
                .sorted(
                        Comparator.comparing((Span span) -> !span.getParentSpanId().isEmpty())
                                .thenComparing(Span::getStartTimeUnixNano)
                                .thenComparing(Span::getEndTimeUnixNano))
                .toList();
    }

    @Test
    void a_payload_is_a_trace_whose_stages_add_up_and_in_which_its_bean_goes_on(
            OrdersServer server) {
        long before = nanos(Instant.now());
        String[] told = server.sendTraced("order " + server.newOrder()).split("-", -1);
        long after = nanos(Instant.now());

        assertThat(told).hasSize(4).startsWith("00").endsWith("01");
        List<Span> spans = trace(server, told[1]);
        Span whole = spans.get(0);
        List<Span> stages = spans.subList(1, 4);
        assertThat(whole.getName()).isEqualTo("receive orders");
        assertThat(stages)
                .extracting(Span::getName)
                .containsExactly("receiving", "waiting", "process orders");
        assertThat(stages).allMatch(one -> one.getParentSpanId().equals(whole.getSpanId()));
        assertThat(SpanCollector.hex(stages.get(2).getSpanId())).isEqualTo(told[2]);
        Span commit = spans.get(4);
        assertThat(commit.getName()).isEqualTo("commit");
        assertThat(commit.getParentSpanId()).isEqualTo(stages.get(2).getSpanId());
        assertThat(commit.getEndTimeUnixNano()).isEqualTo(stages.get(2).getEndTimeUnixNano());

        long at = whole.getStartTimeUnixNano();
        for (Span stage : stages) {
            assertThat(stage.getStartTimeUnixNano()).isEqualTo(at);
            at = stage.getEndTimeUnixNano();
        }
        assertThat(at).isEqualTo(whole.getEndTimeUnixNano());
        assertThat(whole.getStartTimeUnixNano()).isGreaterThan(before - 100_000_000);
        assertThat(at).isLessThan(after + 100_000_000);

        JsonObject message =
                Rest.viewer(server.dashboard())
                        .json(
                                "/v1/messages/"
                                        + SpanCollector.attribute(whole, "messaging.message.id"));
        assertThat(SpanCollector.attribute(whole, "messaging.message.body.size"))
                .isEqualTo(message.get("size").getAsString());
        assertThat(SpanCollector.attribute(whole, "network.peer.address")).isEqualTo("127.0.0.1");
        assertThat(SpanCollector.attribute(whole, "dermaga.outcome")).isEqualTo("delivered");
        assertThat(whole.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }

    @Test
    void an_order_that_its_bean_refuses_is_an_error_with_its_number(OrdersServer server) {
        int order = server.newOrder();
        server.send("order " + order + " is closed");

        String expected = "order " + order + " is closed";
        await().atMost(PATIENCE)
                .until(
                        () ->
                                server.collector().spans().stream()
                                        .anyMatch(
                                                span ->
                                                        span.getStatus()
                                                                .getMessage()
                                                                .contains(expected)));
        Span whole =
                server.collector().spans().stream()
                        .filter(span -> span.getParentSpanId().isEmpty())
                        .filter(span -> span.getStatus().getMessage().contains(expected))
                        .findFirst()
                        .orElseThrow();
        assertThat(whole.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(SpanCollector.attribute(whole, "error.type")).isEqualTo("DMG3001");
        assertThat(SpanCollector.attribute(whole, "dermaga.outcome")).isEqualTo("failed");
        assertThat(SpanCollector.attribute(whole, "dermaga.attempts")).isEqualTo("2");
    }

    @Test
    void without_its_collector_payloads_are_delivered_what_is_missed_is_counted_and_it_goes_on(
            OrdersServer server) throws Exception {
        double before = sample(server, "dermaga_traces_dropped_total{reason=\"overflow\"}");
        server.collector().close();
        try {
            for (int i = 0; i < 60; i++) {
                assertThat(server.sendTraced("order " + server.newOrder())).endsWith("-01");
            }
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                assertThat(sample(server, "dermaga_traces_up")).isZero();
                                assertThat(
                                                sample(
                                                        server,
                                                        "dermaga_traces_dropped_total{reason=\"overflow\"}"))
                                        .isGreaterThanOrEqualTo(before + 20);
                            });
            assertThat(sample(server, "dermaga_traces_waiting")).isBetween(1.0, 40.0);
            assertThat(finding(server).get("verdict").getAsString()).isEqualTo("BAD");
            assertThat(finding(server).get("fact").getAsString())
                    .startsWith("DMG4801 collector http://127.0.0.1:");
        } finally {
            server.collector().open();
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sample(server, "dermaga_traces_up")).isOne());
        String told = server.sendTraced("order " + server.newOrder());
        assertThat(trace(server, told.split("-", -1)[1])).hasSize(5);
        assertThat(Files.readString(server.log()))
                .containsOnlyOnce("DMG4801")
                .containsOnlyOnce("DMG4802");
    }

    private static double sample(OrdersServer server, String name) {
        return Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$")
                .matcher(Rest.viewer(server.dashboard()).metrics("text/plain").body())
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not told"));
    }

    private static JsonObject finding(OrdersServer server) {
        for (JsonElement one :
                Rest.viewer(server.dashboard()).json("/v1/doctor").getAsJsonArray("items")) {
            if (one.getAsJsonObject().get("check").getAsString().equals("TRACES")) {
                return one.getAsJsonObject();
            }
        }
        throw new AssertionError("nothing is told of traces");
    }

    static Stream<Look> looks() {
        return Stream.of(
                new Look("en", ColorScheme.LIGHT, 1440, 900),
                new Look("de", ColorScheme.DARK, 390, 844));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void the_doctor_tells_of_the_collector(Look look, OrdersServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD).go("doctor");

            assertThat(page.locator("[data-check=TRACES]")).isVisible();
            assertThat(page.locator("#settings")).containsText("dermaga.trace.endpoint");
            Browser.screenshot(page, "doctor-traces-" + look.fileName());
        }
    }
}
