package io.dermaga.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.LatencySnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.MemorySnapshot;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.history.HistoryStatus;
import io.dermaga.history.TalkingAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages show a snapshot; Prometheus and JMX tell the same figures. */
class FiguresAgreeTest {

    /** Components of the snapshot of a listener, and the samples that tell them. */
    private static final Map<String, List<String>> SAMPLES =
            Map.ofEntries(
                    sample("accepted", "dermaga_connections_accepted_total"),
                    sample("closed", "dermaga_connections_closed_total"),
                    sample("bytesRead", "dermaga_received_bytes_total"),
                    sample("bytesWritten", "dermaga_sent_bytes_total"),
                    sample("envelopeBytes", "dermaga_envelope_bytes"),
                    sample("delivered", "dermaga_payloads_total", "outcome", "delivered"),
                    sample("deliveredBytes", "dermaga_payload_bytes_total", "outcome", "delivered"),
                    sample("failed", "dermaga_payloads_total", "outcome", "failed"),
                    sample("failedBytes", "dermaga_payload_bytes_total", "outcome", "failed"),
                    sample("failures", "dermaga_delivery_failures_total"),
                    sample("deadLetters", "dermaga_dead_letters_kept_total"),
                    sample("discarded", "dermaga_payloads_total", "outcome", "discarded"),
                    sample("discardedBytes", "dermaga_payload_bytes_total", "outcome", "discarded"),
                    sample("repeated", "dermaga_payloads_repeated_total"),
                    sample("copied", "dermaga_payloads_copied_total"),
                    sample("copiedBytes", "dermaga_payloads_copied_bytes_total"),
                    sample("kernelBytes", "dermaga_kernel_bytes"),
                    sample("assemblingBytes", "dermaga_assembling_bytes"),
                    sample("assemblingSpilledBytes", "dermaga_assembling_spilled_bytes"),
                    sample("spoolEntries", "dermaga_spool_entries"),
                    sample("lanePayloads", "dermaga_lane_payloads"),
                    sample("laneBytes", "dermaga_lane_bytes"),
                    sample("inBeanPayloads", "dermaga_in_bean_payloads"),
                    sample("inBeanBytes", "dermaga_in_bean_bytes"),
                    sample("writeBufferBytes", "dermaga_write_buffer_bytes"),
                    sample("connections", "dermaga_connections"),
                    sample("maxConnections", "dermaga_connections_limit"),
                    sample("workers", "dermaga_workers"),
                    sample("concurrency", "dermaga_workers_limit"),
                    sample("budgetUsed", "dermaga_budget_used_bytes"),
                    sample("budgetLimit", "dermaga_budget_limit_bytes"));

    private static final HistoryStatus NO_HISTORY = new HistoryStatus(null, 0, 0, 0, null, 0, null);

    private final MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();

    private static Map.Entry<String, List<String>> sample(String component, String... sample) {
        return Map.entry(component, List.of(sample));
    }

    @Test
    void every_number_is_the_same_in_the_snapshot_in_prometheus_and_by_jmx(@TempDir Path data)
            throws Exception {
        try (TalkingAdapter adapter = new TalkingAdapter(data, "orders", "labels")) {
            adapter.send("orders", List.of("one", "bad two", "three"));
            adapter.send("labels", List.of("four"));

            // once nothing moves any more, and what JMX tells is half a second old at most
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                AdapterSnapshot now = adapter.monitor().snapshot();
                                Scrape scrape = Scrape.of(now, NO_HISTORY);
                                assertAdapter(now, scrape);
                                for (ListenerSnapshot one : now.listeners()) {
                                    assertThat(one.counters().closed()).isEqualTo(1);
                                    assertListener(one, scrape);
                                }
                            });
        }
    }

    private void assertAdapter(AdapterSnapshot now, Scrape scrape) throws Exception {
        ObjectName shown = shown("type=Adapter,*");
        assertThat(now.deadLetters()).isEqualTo(1);
        assertThat(now.warnings()).containsKey("DMG3001");
        assertThat(attribute(shown, "DeadLetters")).isEqualTo(now.deadLetters());
        assertThat(scrape.samples()).containsEntry("dermaga_dead_letters", 1.0);
        assertThat(counts(shown, "Warnings")).isEqualTo(now.warnings());
        now.warnings()
                .forEach(
                        (number, count) ->
                                assertThat(scrape.samples())
                                        .containsEntry(
                                                "dermaga_warnings_total{number=\"" + number + "\"}",
                                                (double) count));
        assertThat(attribute(shown, "SpoolState")).isEqualTo("IDLE");
        assertThat(scrape.samples()).containsEntry("dermaga_spool_state{state=\"IDLE\"}", 1.0);
        MemorySnapshot memory = now.memory();
        Map<String, String> samples =
                Map.of(
                        "budgetUsed", "dermaga_adapter_budget_used_bytes",
                        "budgetLimit", "dermaga_adapter_budget_limit_bytes",
                        "directUsed", "dermaga_adapter_direct_memory_bytes",
                        "heapUsed", "dermaga_adapter_heap_memory_bytes",
                        "spillUsed", "dermaga_adapter_spill_used_bytes",
                        "spillLimit", "dermaga_adapter_spill_limit_bytes");
        for (RecordComponent one : MemorySnapshot.class.getRecordComponents()) {
            long value = (long) one.getAccessor().invoke(memory);
            assertThat(attribute(shown, capital(one.getName()))).isEqualTo(value);
            assertThat(scrape.samples()).containsEntry(samples.get(one.getName()), (double) value);
        }
    }

    private void assertListener(ListenerSnapshot now, Scrape scrape) throws Exception {
        ObjectName shown = shown("type=Listener,name=\"" + now.name() + "\",*");
        Map<String, Number> numbers = new TreeMap<>();
        for (Record facts : List.of(now, now.counters(), now.stages())) {
            for (RecordComponent one : facts.getClass().getRecordComponents()) {
                if (one.getAccessor().invoke(facts) instanceof Number number) {
                    numbers.put(one.getName(), number);
                }
            }
        }
        assertThat(numbers.keySet())
                .as("all that can be told, but the port and a sum")
                .containsAll(SAMPLES.keySet())
                .hasSize(SAMPLES.size() + 2)
                .contains("port", "refused");
        numbers.forEach(
                (name, value) -> {
                    assertThat(attribute(shown, capital(name))).as(name).isEqualTo(value);
                    List<String> sample = SAMPLES.get(name);
                    if (sample != null && value.longValue() >= 0) { // -1: not told
                        assertThat(told(scrape, sample, now.name()))
                                .as(name)
                                .isEqualTo(value.doubleValue());
                    }
                });
        Map<String, Long> refused = counts(shown, "RefusedBy");
        for (Refusal why : Refusal.values()) {
            long count = now.counters().refusedBy().getOrDefault(why, 0L);
            assertThat(refused).containsEntry(why.name(), count);
            assertThat(
                            scrape.of(
                                    "dermaga_connections_refused_total",
                                    now.name(),
                                    "reason",
                                    why.name()))
                    .isEqualTo((double) count);
        }
        LatencySnapshot whole = now.latencies().whole();
        assertThat(whole.count()).isEqualTo(now.counters().delivered() + now.counters().failed());
        assertThat(scrape.of("dermaga_payload_seconds_count", now.name()))
                .isEqualTo((double) whole.count());
        assertThat(scrape.of("dermaga_payload_seconds_sum", now.name()))
                .isEqualTo(whole.sum().toNanos() / 1e9);
        assertThat(attribute(shown, "MedianSeconds"))
                .isEqualTo(whole.quantile(0.5).orElseThrow().toNanos() / 1e9);
        assertThat(attribute(shown, "State")).isEqualTo(now.state().name());
        assertThat(scrape.of("dermaga_listener_state", now.name(), "state", now.state().name()))
                .isEqualTo(1);
    }

    private static double told(Scrape scrape, List<String> sample, String listener) {
        return scrape.of(
                sample.get(0), listener, sample.subList(1, sample.size()).toArray(new String[0]));
    }

    private ObjectName shown(String pattern) throws Exception {
        Set<ObjectName> found = jmx.queryNames(new ObjectName("io.dermaga:" + pattern), null);
        assertThat(found).hasSize(1);
        return found.iterator().next();
    }

    private Object attribute(ObjectName shown, String name) {
        try {
            return jmx.getAttribute(shown, name);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, Long> counts(ObjectName shown, String name) {
        Map<String, Long> counts = new TreeMap<>();
        for (Object row : ((TabularData) attribute(shown, name)).values()) {
            CompositeData entry = (CompositeData) row;
            counts.put((String) entry.get("key"), (Long) entry.get("value"));
        }
        return counts;
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    @Test
    void counters_never_go_back_under_load(@TempDir Path data) throws Exception {
        List<String> lines = IntStream.range(0, 1000).mapToObj(i -> "line " + i).toList();
        try (TalkingAdapter adapter = new TalkingAdapter(data, "orders")) {
            CompletableFuture<Void> load =
                    CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < 20; i++) {
                                    send(adapter, lines);
                                }
                            });
            Map<String, Double> before = new HashMap<>();
            boolean last = false;
            while (!last) {
                last = load.isDone(); // and once more
                Scrape scrape = Scrape.of(adapter.monitor().snapshot(), NO_HISTORY);
                scrape.samples()
                        .forEach(
                                (sample, value) -> {
                                    if (isCounted(sample)) {
                                        assertThat(value)
                                                .as(sample)
                                                .isGreaterThanOrEqualTo(
                                                        before.getOrDefault(sample, 0.0));
                                        before.put(sample, value);
                                    }
                                });
            }
            load.join();
            assertThat(before)
                    .containsEntry(
                            "dermaga_payloads_total{listener=\"orders\",outcome=\"delivered\"}",
                            20_000.0)
                    .containsEntry("dermaga_payload_seconds_count{listener=\"orders\"}", 20_000.0);
        }
    }

    private static boolean isCounted(String sample) {
        return sample.replaceFirst("\\{.*", "").matches(".*_(total|bucket|count|sum)");
    }

    private static void send(TalkingAdapter adapter, List<String> lines) {
        try {
            adapter.send("orders", lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
