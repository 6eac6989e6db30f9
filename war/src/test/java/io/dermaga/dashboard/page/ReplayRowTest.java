package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.DeadLetterReplay.State;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplayRowTest {

    @Test
    void progress_counts_every_letter_that_had_its_turn() {
        assertThat(new ReplayRow(replay("r1", State.RUNNING, 10, 2, 2, 1)).percent()).isEqualTo(50);
        assertThat(new ReplayRow(replay("r1", State.DONE, 0, 0, 0, 0)).percent()).isEqualTo(100);
        assertThat(new ReplayRow(replay("r1", State.RUNNING, 100_000, 99_999, 0, 0)).percent())
                .isEqualTo(99);
    }

    @Test
    void a_replay_is_good_only_if_all_were_delivered() {
        assertThat(new ReplayRow(replay("r1", State.DONE, 3, 3, 0, 0)).style())
                .isEqualTo("delivered");
        assertThat(new ReplayRow(replay("r1", State.DONE, 3, 2, 0, 1)).style()).isEqualTo("failed");
        assertThat(new ReplayRow(replay("r1", State.CANCELLED, 3, 3, 0, 0)).style())
                .isEqualTo("cancelled");
    }

    @Test
    void a_replay_that_has_ended_is_recent_for_five_minutes() {
        Instant end = Instant.EPOCH;
        ReplayRow running = new ReplayRow(replay("r1", State.RUNNING, 3, 0, 0, 0));
        ReplayRow ended =
                new ReplayRow(
                        new DeadLetterReplay(
                                "r1", "admin", State.DONE, end, end, 1, 1, 0, 0, null));

        assertThat(running.isRecent(Instant.MAX)).isTrue();
        assertThat(ended.isRecent(end.plusSeconds(299))).isTrue();
        assertThat(ended.isRecent(end.plusSeconds(300))).isFalse();
    }

    @Test
    void all_that_run_and_the_last_five_that_have_ended_are_shown() {
        List<DeadLetterReplay> known =
                Stream.concat(
                                IntStream.range(0, 8)
                                        .mapToObj(i -> replay("d" + i, State.DONE, 1, 1, 0, 0)),
                                Stream.of(replay("r", State.RUNNING, 1, 0, 0, 0)))
                        .toList();

        assertThat(ReplayRow.of(known))
                .extracting(row -> row.facts().id())
                .containsExactly("d0", "d1", "d2", "d3", "d4", "r");
    }

    private static DeadLetterReplay replay(
            String id, State state, int total, int delivered, int failed, int skipped) {
        return new DeadLetterReplay(
                id, "admin", state, Instant.EPOCH, null, total, delivered, failed, skipped, null);
    }
}
