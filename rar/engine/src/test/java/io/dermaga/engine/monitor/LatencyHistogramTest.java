package io.dermaga.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.api.monitor.LatencySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    private static LatencySnapshot of(long... nanos) {
        LatencyHistogram all = new LatencyHistogram();
        LatencyHistogram.Tally tally = new LatencyHistogram.Tally();
        LongStream.of(nanos).forEach(tally::add);
        tally.moveTo(all);
        return all.snapshot();
    }

    @Test
    void what_takes_as_long_as_a_bound_is_within_it_and_a_nanosecond_more_is_beyond() {
        List<Duration> bounds = of().bounds();
        assertThat(bounds).hasSize(17).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < bounds.size(); i++) {
            long bound = bounds.get(i).toNanos();
            assertThat(of(bound).counts().get(i)).isEqualTo(1);
            assertThat(of(bound + 1).counts().get(i + 1)).isEqualTo(1);
        }
    }

    @Test
    void what_is_tallied_is_moved_once() {
        LatencyHistogram all = new LatencyHistogram();
        LatencyHistogram.Tally tally = new LatencyHistogram.Tally();
        tally.add(70_000_000_000L);
        tally.add(1);
        tally.moveTo(all);
        tally.moveTo(all);
        tally.add(2);
        tally.moveTo(all);

        assertThat(all.snapshot().count()).isEqualTo(3);
        assertThat(all.snapshot().counts().get(0)).isEqualTo(2);
        assertThat(all.snapshot().counts().get(17)).isEqualTo(1);
        assertThat(all.snapshot().sum()).isEqualTo(Duration.ofNanos(70_000_000_003L));
    }

    @Test
    void a_time_before_its_beginning_counts_as_none_so_that_the_sum_never_falls() {
        LatencySnapshot latencies = of(-5, 7);
        assertThat(latencies.counts().get(0)).isEqualTo(2);
        assertThat(latencies.sum()).isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void nothing_is_lost_when_many_threads_count() throws Exception {
        LatencyHistogram all = new LatencyHistogram();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> counting =
                    () -> {
                        LatencyHistogram.Tally tally = new LatencyHistogram.Tally();
                        for (int i = 0; i < 10_000; i++) {
                            tally.add(i % 3 * 60_000L);
                            tally.moveTo(all);
                        }
                        return null;
                    };
            List<Future<Void>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                done.add(threads.submit(counting));
            }
            for (Future<Void> one : done) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(all.snapshot().count()).isEqualTo(40_000);
        assertThat(all.snapshot().counts().subList(0, 3))
                .containsExactly(4 * 3_334L, 4 * 3_333L, 4 * 3_333L);
    }

    @Test
    void a_quantile_lies_in_the_bucket_that_has_it_as_in_prometheus() {
        LatencySnapshot latencies =
                new LatencySnapshot(
                        List.of(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(4)),
                        List.of(10L, 0L, 20L, 10L),
                        Duration.ofSeconds(1));

        // histogram_quantile() of these buckets
        assertThat(latencies.quantile(0)).hasValue(Duration.ZERO);
        assertThat(latencies.quantile(0.125)).hasValue(Duration.ofNanos(500_000));
        assertThat(latencies.quantile(0.25)).hasValue(Duration.ofMillis(1));
        assertThat(latencies.quantile(0.5)).hasValue(Duration.ofMillis(3));
        assertThat(latencies.quantile(0.75)).hasValue(Duration.ofMillis(4));
        assertThat(latencies.quantile(0.99)).hasValue(Duration.ofMillis(4));
        assertThat(of().quantile(0.5)).isEmpty();
        assertThatThrownBy(() -> latencies.quantile(1.1)).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> latencies.quantile(Double.NaN)).hasMessageContaining("NaN");
    }
}
