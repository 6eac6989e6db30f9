package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.DeadLetterReplay.State;
import io.dermaga.api.monitor.Monitor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A replay as it is shown.
 *
 * @param facts how it stands
 */
public record ReplayRow(DeadLetterReplay facts) {

    /** How many of those that have ended are shown. */
    private static final int ENDED = 5;

    private static final Duration RECENT = Duration.ofMinutes(5);

    /** All that go on, and the last ones that have ended; newest first. */
    static List<ReplayRow> of(Monitor source) {
        return of(source.deadLetterReplays());
    }

    static List<ReplayRow> of(List<DeadLetterReplay> known) {
        List<DeadLetterReplay> ended =
                known.stream().filter(one -> one.state() != State.RUNNING).limit(ENDED).toList();
        return known.stream()
                .filter(one -> one.state() == State.RUNNING || ended.contains(one))
                .map(ReplayRow::new)
                .toList();
    }

    /** Whether a reader is likely to wait for it: it goes on, or has ended in these minutes. */
    boolean isRecent(Instant now) {
        Instant ended = facts.endedAt();
        return ended == null || ended.isAfter(now.minus(RECENT));
    }

    public boolean running() {
        return facts.state() == State.RUNNING;
    }

    /** Share of the letters that had their turn, 0 to 100. */
    public int percent() {
        return facts.total() == 0 ? 100 : (int) (100L * facts.done() / facts.total());
    }

    /** Style class by how it ended. */
    public String style() {
        return switch (facts.state()) {
            case RUNNING -> "running";
            case CANCELLED -> "cancelled";
            case DONE -> facts.delivered() == facts.total() ? "delivered" : "failed";
        };
    }
}
