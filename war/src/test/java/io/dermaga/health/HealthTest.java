package io.dermaga.health;

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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTest {

    private static final LatencySnapshot NONE =
            new LatencySnapshot(List.of(Duration.ofSeconds(1)), List.of(0L, 0L), Duration.ZERO);

    private static Optional<AdapterSnapshot> adapter(
            SpoolSnapshot.State spool, ListenerState... listeners) {
        return Optional.of(
                new AdapterSnapshot(
                        Instant.EPOCH,
                        Instant.EPOCH,
                        "1",
                        "nio",
                        new MemorySnapshot(0, 0, 0, 0, 0, 0),
                        new SpoolSnapshot(spool, null),
                        0,
                        Map.of(),
                        Stream.of(listeners).map(HealthTest::listener).toList()));
    }

    private static ListenerSnapshot listener(ListenerState state) {
        return new ListenerSnapshot(
                "l",
                "a",
                "localhost",
                1,
                "lines",
                state,
                null,
                0,
                1,
                new Counters(0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                new StageDepths(0, 0, 0, 0, 0, 0, 0, 0, 0),
                new StageLatencies(NONE, NONE, NONE, NONE),
                0,
                1,
                null,
                0,
                0,
                List.of(),
                List.of(),
                List.of());
    }

    private static List<String> down(List<Check> checks) {
        return checks.stream().filter(check -> !check.up()).map(Check::name).toList();
    }

    @ParameterizedTest
    @EnumSource(ListenerState.class)
    void a_listener_that_should_take_peers_and_cannot_makes_it_not_ready(ListenerState state) {
        boolean cannot = state == ListenerState.FAILED || state == ListenerState.STARTING;

        assertThat(
                        down(
                                Health.ready(
                                        adapter(
                                                SpoolSnapshot.State.OK,
                                                ListenerState.LISTENING,
                                                state))))
                .isEqualTo(cannot ? List.of("listeners") : List.of());
    }

    @ParameterizedTest
    @EnumSource(ListenerState.class)
    void it_has_started_when_each_listener_was_tried(ListenerState state) {
        assertThat(down(Health.started(adapter(SpoolSnapshot.State.IDLE, state))))
                .isEqualTo(state == ListenerState.STARTING ? List.of("listeners") : List.of());
    }

    @ParameterizedTest
    @CsvSource({"IDLE,true", "OK,true", "WAITING,false", "CLOSED,true"})
    void a_spool_that_waits_makes_it_not_ready(SpoolSnapshot.State spool, boolean ready) {
        assertThat(down(Health.ready(adapter(spool, ListenerState.LISTENING))))
                .isEqualTo(ready ? List.of() : List.of("spool"));
    }

    @Test
    void however_often_it_is_asked_it_looks_once_a_second() {
        AtomicLong now = new AtomicLong();
        AtomicInteger looks = new AtomicInteger();
        RecentChecks recent = new RecentChecks(now::get);
        Supplier<List<Check>> look =
                () -> List.of(new Check("look " + looks.incrementAndGet(), true));

        assertThat(recent.of("ready", look)).extracting(Check::name).containsExactly("look 1");
        now.set(999_999_999);
        assertThat(recent.of("ready", look)).extracting(Check::name).containsExactly("look 1");
        assertThat(recent.of("live", look)).extracting(Check::name).containsExactly("look 2");
        now.set(1_000_000_000);
        assertThat(recent.of("ready", look)).extracting(Check::name).containsExactly("look 3");
    }

    @Test
    void without_an_adapter_it_lives_and_is_neither_started_nor_ready() {
        assertThat(down(Health.live())).isEmpty();
        assertThat(down(Health.started(Optional.empty()))).containsExactly("adapter", "listeners");
        assertThat(down(Health.ready(Optional.empty())))
                .containsExactly("adapter", "listeners", "spool");
    }
}
