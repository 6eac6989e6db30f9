package io.dermaga.alerts;

import io.dermaga.alerts.Finding.Verdict;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerSnapshot;
import java.time.Duration;
import java.util.List;

/**
 * No payload has come for so long. One that is being delivered has come; a listener that is not
 * there is silent.
 */
record Silence(String listener, Duration length) implements Condition {

    @Override
    public List<Finding> find(Observation seen, Memory memory) {
        Growth growth = memory.growth(listener, length);
        List<ListenerSnapshot> found = seen.listeners(listener);
        boolean waits =
                found.stream()
                        .anyMatch(
                                one ->
                                        one.stages().lanePayloads() > 0
                                                || one.stages().inBeanPayloads() > 0);
        growth.add(
                seen.at(),
                found.stream()
                        .mapToLong(one -> payloads(one.counters()))
                        .findFirst()
                        .orElseGet(growth::latest));
        String figure =
                waits
                        ? "being delivered"
                        : growth.amount() + " payloads in " + Words.duration(length);
        return List.of(new Finding(listener, verdict(growth, waits), figure, text(found)));
    }

    private static Verdict verdict(Growth growth, boolean waits) {
        if (waits || growth.amount() > 0) {
            return Verdict.NOT_MET;
        }
        return growth.isFull() ? Verdict.MET : Verdict.UNDECIDED;
    }

    private String text(List<ListenerSnapshot> found) {
        String silent = "no payload for " + Words.duration(length);
        if (found.isEmpty()) {
            return silent + "; there is no such listener";
        }
        int connections = found.get(0).connections();
        return "%s; the listener is %s with %d connection%s"
                .formatted(silent, found.get(0).state(), connections, connections == 1 ? "" : "s");
    }

    /** Payloads that have ended, in whatever way. */
    static long payloads(Counters counters) {
        return counters.delivered() + counters.failed() + counters.discarded();
    }
}
