package io.dermaga.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.history.HistoryStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {

    private static final HistoryStatus HISTORY = new HistoryStatus(null, 4, 5, 6, null, 0, null);

    @Test
    void buckets_add_up_and_the_last_one_has_all() {
        Scrape scrape = Scrape.of(Complete.adapter("orders"), HISTORY);

        assertThat(scrape.of("dermaga_payload_seconds_bucket", "orders", "le", "0.001"))
                .isEqualTo(3);
        assertThat(scrape.of("dermaga_payload_seconds_bucket", "orders", "le", "1.0")).isEqualTo(5);
        assertThat(scrape.of("dermaga_payload_seconds_bucket", "orders", "le", "+Inf"))
                .isEqualTo(6);
        assertThat(scrape.of("dermaga_payload_seconds_count", "orders")).isEqualTo(6);
        assertThat(scrape.of("dermaga_payload_seconds_sum", "orders")).isEqualTo(4.5);
    }

    @Test
    void of_several_certificates_the_one_that_ends_first_is_told() {
        Scrape scrape = Scrape.of(Complete.adapter("orders"), HISTORY);

        assertThat(scrape.of("dermaga_certificate_expiry_timestamp_seconds", "orders"))
                .isEqualTo((double) (Complete.START.getEpochSecond() + 5));
    }

    @Test
    void a_listener_that_is_gone_vanishes_and_so_does_an_adapter() {
        AtomicReference<Optional<AdapterSnapshot>> adapter =
                new AtomicReference<>(Optional.of(Complete.adapter("orders", "labels")));
        PrometheusMeterRegistry registry =
                Metrics.registry(
                        adapter::get, Optional::empty, Optional::empty, Map::of, Optional::empty);
        assertThat(registry.scrape()).contains("\"orders\"", "\"labels\"");

        adapter.set(Optional.of(Complete.adapter("labels")));
        assertThat(registry.scrape()).doesNotContain("\"orders\"").contains("\"labels\"");

        adapter.set(Optional.empty());
        Scrape nothing = Scrape.of(registry.scrape());
        assertThat(nothing.samples()).containsOnlyKeys("dermaga_adapter_connected");
        assertThat(nothing.samples()).containsEntry("dermaga_adapter_connected", 0.0);
    }

    @Test
    void all_figures_of_a_scrape_are_of_one_snapshot() {
        AtomicInteger taken = new AtomicInteger();
        PrometheusMeterRegistry registry =
                Metrics.registry(
                        () -> {
                            taken.incrementAndGet();
                            return Optional.of(Complete.adapter("orders"));
                        },
                        Optional::empty,
                        Optional::empty,
                        Map::of,
                        Optional::empty);
        int before = taken.get();

        registry.scrape();

        assertThat(taken.get() - before).isEqualTo(1);
    }

    @Test
    void who_asks_for_open_metrics_is_given_them() {
        String text =
                Metrics.registry(
                                () -> Optional.of(Complete.adapter("orders")),
                                Optional::empty,
                                Optional::empty,
                                Map::of,
                                Optional::empty)
                        .scrape(MetricsFormat.OPEN_METRICS.contentType());

        assertThat(text)
                .contains("# TYPE dermaga_payloads counter", "# TYPE dermaga_adapter info")
                .contains("dermaga_payloads_total{listener=\"orders\",outcome=\"delivered\"} 6")
                .endsWith("# EOF\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | TEXT",
                "'' | TEXT",
                "*/* | TEXT",
                "text/plain;version=0.0.4 | TEXT",
                "application/json | TEXT",
                "application/openmetrics-text;version=1.0.0,text/plain;q=0.5 | OPEN_METRICS",
                "Application/OpenMetrics-Text | OPEN_METRICS",
            })
    void the_format_goes_by_what_is_accepted(String accept, MetricsFormat format) {
        assertThat(MetricsFormat.of(accept)).isEqualTo(format);
    }
}
