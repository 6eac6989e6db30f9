package io.dermaga.alerts;

import io.dermaga.alerts.Finding.Verdict;
import io.dermaga.api.monitor.ListenerSnapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * More or fewer payloads a second than allowed, on average over a time. Within ten percent of the
 * bound on its good side nothing is decided, so that an average that swings about it is one alert.
 *
 * @param listener null: each one for itself
 * @param above whether more are meant
 * @param bound payloads for each second
 */
record Rate(@Nullable String listener, boolean above, double bound, Duration length)
        implements Condition {

    private static final double MARGIN = 0.1;

    @Override
    public List<Finding> find(Observation seen, Memory memory) {
        return seen.listeners(listener).stream().map(one -> find(one, seen, memory)).toList();
    }

    private Finding find(ListenerSnapshot one, Observation seen, Memory memory) {
        Growth growth = memory.growth(one.name(), length);
        growth.add(seen.at(), Silence.payloads(one.counters()));
        String figure =
                "%s in %s".formatted(Words.rate(growth.perSecond()), Words.duration(length));
        return new Finding(
                one.name(),
                verdict(growth),
                figure,
                "%s on average over %s, allowed: %s %s"
                        .formatted(
                                Words.rate(growth.perSecond()),
                                Words.duration(length),
                                above ? "at most" : "at least",
                                Words.rate(bound)));
    }

    private Verdict verdict(Growth growth) {
        if (!growth.isFull()) {
            return Verdict.UNDECIDED;
        }
        double rate = growth.perSecond();
        if (above ? rate > bound : rate < bound) {
            return Verdict.MET;
        }
        boolean clear = above ? rate <= bound * (1 - MARGIN) : rate >= bound * (1 + MARGIN);
        return clear ? Verdict.NOT_MET : Verdict.UNDECIDED;
    }
}
