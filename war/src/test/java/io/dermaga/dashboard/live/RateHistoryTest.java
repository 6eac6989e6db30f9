package io.dermaga.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.LatencySnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MemorySnapshot;
import io.dermaga.api.monitor.SpoolSnapshot;
import io.dermaga.api.monitor.StageDepths;
import io.dermaga.api.monitor.StageLatencies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateHistoryTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final RateHistory history = new RateHistory();

    @Test
    void a_rate_is_the_difference_over_the_time_that_really_passed() {
        history.add(snapshot(0, 100, 1000));
        history.add(snapshot(2, 110, 3000));
        assertThat(history.of("lines"))
                .containsExactly(new RateSample(START.plusSeconds(2), 5, 1000, 3));
    }

    @Test
    void the_first_snapshot_alone_gives_no_rate() {
        history.add(snapshot(0, 100, 1000));
        assertThat(history.latest("lines")).isEmpty();
    }

    @Test
    void counters_that_begin_again_are_no_negative_rate() {
        history.add(snapshot(0, 100, 1000));
        history.add(snapshot(1, 0, 0));
        assertThat(history.latest("lines").orElseThrow().payloads()).isZero();
    }

    @Test
    void ten_minutes_are_kept() {
        for (int second = 0; second <= 1000; second++) {
            history.add(snapshot(second, second, second));
        }
        assertThat(history.of("lines")).hasSize(601);
        assertThat(history.of("lines").get(0).at()).isEqualTo(START.plusSeconds(400));
    }

    @Test
    void a_listener_that_is_gone_is_forgotten() {
        history.add(snapshot(0, 1, 1));
        history.add(snapshot(1, 2, 2));
        history.add(
                new AdapterSnapshot(
                        START, START, "1", "nio", MEMORY, IDLE, 0, Map.of(), List.of()));
        assertThat(history.of("lines")).isEmpty();
    }

    private static final MemorySnapshot MEMORY = new MemorySnapshot(0, 0, 0, 0, 0, 0);

    private static final SpoolSnapshot IDLE = new SpoolSnapshot(SpoolSnapshot.State.IDLE, null);

    private static final LatencySnapshot NONE =
            new LatencySnapshot(List.of(Duration.ofSeconds(1)), List.of(0L, 0L), Duration.ZERO);

    private static AdapterSnapshot snapshot(long second, long payloads, long bytes) {
        return new AdapterSnapshot(
                START.plusSeconds(second),
                START,
                "1",
                "nio",
                MEMORY,
                IDLE,
                0,
                Map.of(),
                List.of(
                        new ListenerSnapshot(
                                "lines",
                                "a",
                                "localhost",
                                1,
                                "lines",
                                ListenerState.LISTENING,
                                null,
                                3,
                                10,
                                new Counters(
                                        0, 0, Map.of(), 0, bytes, 0, 0, payloads, 0, 0, 0, 0, 0, 0,
                                        0, 0, 0, 0),
                                new StageDepths(-1, 0, 0, -1, 0, 0, 0, 0, 0),
                                new StageLatencies(NONE, NONE, NONE, NONE),
                                0,
                                1,
                                null,
                                0,
                                0,
                                List.of(),
                                List.of(),
                                List.of())));
    }
}
