package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Stages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The time of a message from its first byte to its outcome, one stage after the other.
 *
 * @param whole all of it
 */
public record Waterfall(List<Bar> bars, Duration whole) {

    /** Where time goes, in the order in which it does. */
    public enum Leg {
        /** From the first to the last byte. */
        RECEIVING,
        /** The next two together, of a message that an earlier release has recorded. */
        WAITING,
        /** Until it came out of the spool. */
        SPOOL,
        /** For its predecessors, and for a worker. */
        LANE,
        /** The next three together, of a message that an earlier release has recorded. */
        IN_BEAN,
        /** Deliveries that failed, and the delays after them. */
        REDELIVERY,
        /** In the bean. */
        BEAN,
        /** Until its transaction had ended. */
        COMMIT
    }

    /**
     * A stage.
     *
     * @param from how long after the first byte it began
     * @param fromPercent the same in percent of the whole, 0 to 100
     * @param percent of the whole, 0 to 100
     */
    public record Bar(
            Leg leg, Duration from, Duration duration, double fromPercent, double percent) {}

    /** Of a message: stages that did not happen are left out. */
    public static Waterfall of(MessageRecord message) {
        Duration whole = message.receiving().plus(message.waiting()).plus(message.inBean());
        Builder builder = new Builder(whole);
        builder.add(Leg.RECEIVING, message.receiving());
        Stages stages = message.stages();
        if (stages == null) {
            builder.addSome(Leg.WAITING, message.waiting());
            builder.addSome(Leg.IN_BEAN, message.inBean());
        } else {
            builder.addSome(Leg.SPOOL, stages.spool());
            builder.addSome(Leg.LANE, stages.lane());
            builder.addSome(Leg.REDELIVERY, stages.redelivery());
            builder.addSome(Leg.BEAN, stages.bean());
            builder.addSome(Leg.COMMIT, stages.commit());
        }
        return new Waterfall(List.copyOf(builder.bars), whole);
    }

    private static final class Builder {

        private final List<Bar> bars = new ArrayList<>();
        private final Duration whole;
        private Duration from = Duration.ZERO;

        Builder(Duration whole) {
            this.whole = whole;
        }

        void addSome(Leg leg, Duration duration) {
            if (!duration.isZero()) {
                add(leg, duration);
            }
        }

        void add(Leg leg, Duration duration) {
            bars.add(new Bar(leg, from, duration, percent(from), percent(duration)));
            from = from.plus(duration);
        }

        private double percent(Duration part) {
            return whole.isZero() ? 0 : 100.0 * part.toNanos() / whole.toNanos();
        }
    }
}
