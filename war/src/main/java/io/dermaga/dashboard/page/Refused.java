package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Refusal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How often connections were turned away.
 *
 * @param why the reason
 * @param count how often
 */
public record Refused(Refusal why, long count) {

    /** By all of these listeners, the most frequent reason first. */
    static List<Refused> by(List<ListenerSnapshot> listeners) {
        Map<Refusal, Long> sums = new EnumMap<>(Refusal.class);
        for (ListenerSnapshot listener : listeners) {
            listener.counters().refusedBy().forEach((why, n) -> sums.merge(why, n, Long::sum));
        }
        return sums.entrySet().stream()
                .filter(one -> one.getValue() > 0)
                .sorted(Map.Entry.<Refusal, Long>comparingByValue().reversed())
                .map(one -> new Refused(one.getKey(), one.getValue()))
                .toList();
    }
}
