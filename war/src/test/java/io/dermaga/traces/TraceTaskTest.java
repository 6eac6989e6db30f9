package io.dermaga.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dermaga.TestEngine;
import io.dermaga.alerts.SetClock;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.history.TalkingAdapter;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.settings.Configuration;
import io.dermaga.settings.TraceConfiguration;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a real adapter to a real receiver; only the clock is set. */
class TraceTaskTest {

    private final SetClock clock = new SetClock();
    private final ConnectedMonitor connected = new ConnectedMonitor();
    private final ConcurrentLinkedQueue<String> given = new ConcurrentLinkedQueue<>();
    private final Receiver receiver = new Receiver(0);
    private TalkingAdapter adapter;
    private Path directory;

    @BeforeEach
    void open(@TempDir Path temporary) {
        directory = temporary;
        adapter =
                new TalkingAdapter(
                        TestEngine.in(
                                temporary,
                                Map.of(
                                        "dermaga_trace_endpoint", "http://localhost/v1/traces",
                                        "dermaga_trace_sample", "0.5",
                                        "dermaga_trace_sample_orders", "1")),
                        payload -> given.add(payload.traceParent().orElse("none")),
                        "orders",
                        "labels");
        connected.connect(adapter.monitor());
    }

    @AfterEach
    void close() {
        adapter.close();
        receiver.close();
    }

    private TraceTask task(String... settings) {
        return task(Masks.of(""), settings);
    }

    /** Settings are names and values in turn. */
    private TraceTask task(Masks masks, String... settings) {
        Map<String, String> properties = new HashMap<>();
        properties.put("dermaga.trace.endpoint", receiver.endpoint().toString());
        properties.put("dermaga.trace.sample", "0.5");
        properties.put("dermaga.trace.sample.orders", "1");
        for (int i = 0; i < settings.length; i += 2) {
            properties.put("dermaga.trace." + settings[i], settings[i + 1]);
        }
        TraceConfiguration configuration = Configuration.of(properties, directory).traces();
        TraceSettings read = TraceSettings.of(configuration).orElseThrow();
        TraceQueue queue = new TraceQueue(read.waiting());
        return new TraceTask(
                connected, new TraceReader(configuration::share, masks, queue), queue, read, clock);
    }

    private static void step(TraceTask task) {
        task.read();
        task.send();
    }

    private static List<String> lines(String text, int count) {
        return IntStream.range(0, count).mapToObj(i -> text + i).toList();
    }

    @Test
    void each_payload_is_a_trace_in_which_a_bean_can_go_on() throws IOException {
        adapter.send("orders", List.of("one", "bad two"));
        step(task("service", "quay"));

        assertThat(receiver.roots()).hasSize(2);
        assertThat(receiver.spans()).hasSize(8);
        assertThat(
                        receiver.spans().stream()
                                .filter(span -> span.getName().equals("process orders"))
                                .map(TraceTaskTest::traceParent))
                .containsExactlyElementsOf(given);
        assertThat(receiver.headers().get(0))
                .containsEntry("Content-type", List.of("application/x-protobuf"))
                .containsEntry("Content-encoding", List.of("gzip"));
    }

    private static String traceParent(Span span) {
        return "00-"
                + Receiver.hex(span.getTraceId())
                + "-"
                + Receiver.hex(span.getSpanId())
                + "-01";
    }

    @Test
    void what_is_not_sampled_is_not_exported_and_the_bean_was_told_the_same() throws IOException {
        adapter.send("labels", lines("x", 400));
        step(task());

        assertThat(
                        receiver.spans().stream()
                                .filter(span -> span.getName().equals("process labels"))
                                .map(TraceTaskTest::traceParent))
                .hasSizeBetween(100, 300)
                .containsExactlyElementsOf(
                        given.stream().filter(one -> one.endsWith("-01")).toList());
    }

    @Test
    void nothing_is_exported_twice_and_what_comes_later_is() throws IOException {
        TraceTask task = task();
        adapter.send("orders", List.of("one"));
        step(task);
        step(task);
        adapter.send("orders", List.of("two"));
        step(task);

        assertThat(receiver.roots()).hasSize(2).doesNotHaveDuplicates();
        assertThat(task.status().exported()).isEqualTo(2);
    }

    @Test
    void more_than_a_request_takes_are_several_requests() throws IOException {
        adapter.send("orders", lines("x", 1200));
        step(task());

        assertThat(receiver.requests()).hasSize(3);
        assertThat(receiver.roots()).hasSize(1200).doesNotHaveDuplicates();
    }

    @Test
    void errors_are_masked_as_in_the_history() throws IOException {
        adapter.send("orders", List.of("bad one"));
        step(task(Masks.of("regex(Bad)")));

        assertThat(receiver.spans())
                .filteredOn(span -> !span.getStatus().getMessage().isEmpty())
                .hasSize(2)
                .allMatch(span -> span.getStatus().getMessage().contains("it is ***, 100%"));
    }

    @Test
    void headers_are_sent() throws IOException {
        adapter.send("orders", List.of("one"));
        step(task("headers", "Authorization=Bearer%20abc,x-tenant=quay"));

        assertThat(receiver.headers().get(0))
                .containsEntry("Authorization", List.of("Bearer abc"))
                .containsEntry("X-tenant", List.of("quay"));
    }

    @Test
    void while_the_collector_is_away_some_wait_others_are_counted_and_it_goes_on_by_itself()
            throws IOException {
        int port = receiver.port();
        TraceTask task = task("waiting", "10");
        receiver.close();
        adapter.send("orders", lines("x", 25));
        step(task);

        // those that were to be sent wait besides
        assertThat(task.status().problem())
                .startsWith("DMG4801 collector http://127.0.0.1:" + port);
        assertThat(task.status().overflown()).isEqualTo(15);
        adapter.send("orders", lines("y", 25));
        step(task);
        assertThat(task.status().waiting()).isEqualTo(20);
        assertThat(task.status().overflown()).isEqualTo(30);
        assertThat(given).hasSize(50); // no delivery has waited

        try (Receiver back = new Receiver(port)) {
            step(task); // not yet
            assertThat(back.requests()).isEmpty();
            clock.passSeconds(1);
            step(task);
            assertThat(back.roots()).hasSize(20).doesNotHaveDuplicates();
        }
        assertThat(task.status())
                .isEqualTo(new TraceStatus("http://127.0.0.1:" + port, 20, 0, 30, 0, 0, 0, null));
    }

    @Test
    void the_pauses_grow_to_ten_seconds() throws IOException {
        receiver.close();
        TraceTask task = task();
        adapter.send("orders", List.of("one"));
        step(task);
        for (int pause : List.of(1, 2, 4, 8, 10, 10)) {
            clock.pass(Duration.ofSeconds(pause).minusMillis(1));
            try (Receiver early = new Receiver(receiver.port())) {
                step(task);
                assertThat(early.requests()).as("within %d s", pause).isEmpty();
            }
            clock.pass(Duration.ofMillis(1));
            step(task);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void what_is_not_taken_now_is_sent_again_when_the_collector_says(int status)
            throws IOException {
        receiver.answers(status);
        TraceTask task = task();
        adapter.send("orders", List.of("one"));
        step(task);
        clock.pass(Duration.ofMillis(6999));
        step(task);
        assertThat(receiver.headers()).hasSize(1);
        assertThat(task.status().problem()).contains("DMG4801", "it answered " + status);

        clock.pass(Duration.ofMillis(1));
        step(task);

        assertThat(receiver.roots()).hasSize(1);
        assertThat(task.status().problem()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "400, it answered 400",
        "401, it answered 401",
        "500, it answered 500",
        "302, 'it answered 302, and redirects are not followed'",
    })
    void what_is_refused_is_dropped_and_counted(int status, String why) throws IOException {
        receiver.answers(status);
        TraceTask task = task();
        adapter.send("orders", List.of("one", "two"));
        step(task);

        assertThat(task.status().refused()).isEqualTo(2);
        assertThat(task.status().problem()).startsWith("DMG4803").endsWith(why);
        adapter.send("orders", List.of("three"));
        step(task);
        assertThat(receiver.roots()).hasSize(1);
        assertThat(task.status().problem()).isNull();
        assertThat(task.status().dropped()).isEqualTo(2);
    }

    @Test
    void spans_that_are_left_out_are_counted_and_nothing_is_sent_again() throws IOException {
        receiver.answers(
                ExportTraceServiceResponse.newBuilder()
                        .setPartialSuccess(
                                ExportTracePartialSuccess.newBuilder()
                                        .setRejectedSpans(3)
                                        .setErrorMessage("too\nold"))
                        .build());
        TraceTask task = task();
        adapter.send("orders", List.of("one"));
        step(task);
        step(task);

        assertThat(receiver.requests()).hasSize(1);
        assertThat(task.status().rejectedSpans()).isEqualTo(3);
        assertThat(task.status().exported()).isEqualTo(1);
        assertThat(task.status().problem())
                .startsWith("DMG4804")
                .endsWith("left out 3 spans of a request: too\\nold");
    }

    @Test
    void messages_that_the_adapter_has_forgotten_are_counted() throws IOException {
        TraceTask task = task("waiting", "1000000");
        adapter.send("orders", List.of("one"));
        task.read();
        adapter.send("orders", lines("x", Monitor.MESSAGES_KEPT + 100));
        task.read();

        assertThat(task.status().forgotten()).isEqualTo(100);
        assertThat(task.status().waiting()).isEqualTo(Monitor.MESSAGES_KEPT + 1);
    }

    @Test
    void what_was_forgotten_before_the_dashboard_began_counts_nowhere() throws IOException {
        adapter.send("orders", lines("x", Monitor.MESSAGES_KEPT + 100));
        TraceTask task = task();
        task.read();

        assertThat(task.status().forgotten()).isZero();
    }

    @Test
    void another_adapter_is_read_from_its_beginning(@TempDir Path other) throws IOException {
        TraceTask task = task();
        adapter.send("orders", lines("x", 5));
        step(task);
        try (TalkingAdapter next = new TalkingAdapter(other, "orders")) {
            connected.connect(next.monitor());
            next.send("orders", List.of("one"));
            step(task);
        }

        assertThat(receiver.roots()).hasSize(6).doesNotHaveDuplicates();
        assertThat(task.status().forgotten()).isZero();
    }

    @Test
    void a_collector_that_never_answers_is_left() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TraceTask task =
                    task(
                            "endpoint",
                            "http://127.0.0.1:" + silent.getLocalPort() + "/v1/traces",
                            "timeoutSeconds",
                            "60");
            adapter.send("orders", List.of("one"));
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> step(task));
            try (Socket peer = silent.accept()) {
                assertThat(peer.getInputStream().read()).isEqualTo('P'); // of POST
                adapter.send("orders", List.of("two")); // is delivered meanwhile
                clock.passSeconds(121);
                await().until(
                                () -> {
                                    task.read();
                                    return sending.isDone();
                                });
            }
            assertThat(task.status().problem()).startsWith("DMG4801");
            assertThat(task.status().waiting()).isEqualTo(2);
        }
    }

    @Test
    void what_is_left_at_the_end_is_sent_and_nothing_after_it() throws IOException {
        TraceTask task = task();
        adapter.send("orders", List.of("one"));
        task.close();
        adapter.send("orders", List.of("two"));
        step(task);

        assertThat(receiver.roots()).hasSize(1);
    }

    @Test
    void the_end_does_not_wait_for_a_collector_that_hangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TraceTask task =
                    task(
                            "endpoint",
                            "http://127.0.0.1:" + silent.getLocalPort() + "/v1/traces",
                            "timeoutSeconds",
                            "60");
            adapter.send("orders", List.of("one"));
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> step(task));
            try (Socket peer = silent.accept()) {
                assertThat(peer.getInputStream().read()).isEqualTo('P');
                task.close();
                sending.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void without_an_endpoint_nothing_is_traced() {
        assertThat(TraceSettings.of(Configuration.of(Map.of(), directory).traces())).isEmpty();
    }

    @Test
    void headers_of_a_file_that_is_missing_are_refused_at_the_start() {
        assertThatThrownBy(() -> task("headersFile", "none"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DMG4204 property 'dermaga.trace.headersFile': given '")
                .hasMessageContaining("none");
    }
}
