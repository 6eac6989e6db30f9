package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The end of the feed of events, newest first. */
final class LatestEvents {

    /** How far back those of one listener are looked for. */
    private static final int SEARCHED = 2000;

    /** What every connection causes. */
    private static final Set<Kind> ROUTINE =
            EnumSet.of(
                    Kind.CONNECTED,
                    Kind.FIRST_BYTE,
                    Kind.PAUSED,
                    Kind.RESUMED,
                    Kind.ENDED,
                    Kind.DRAINED,
                    Kind.CLOSED);

    private LatestEvents() {}

    static List<MonitorEvent> all(Monitor source, int most) {
        long after = Math.max(0, source.lastEvent() - most);
        List<MonitorEvent> newestFirst = new ArrayList<>(source.events(after, most));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** Those of a listener that are not caused by every connection. */
    static List<MonitorEvent> notable(Monitor source, String listener, int most) {
        return all(source, SEARCHED).stream()
                .filter(one -> listener.equals(one.listener()) && !ROUTINE.contains(one.kind()))
                .limit(most)
                .toList();
    }

    /** Those of a connection that the adapter has not forgotten; their numbers are 0. */
    static List<MonitorEvent> ofConnection(Monitor source, String connection) {
        return all(source, Monitor.EVENTS_KEPT).stream()
                .filter(one -> connection.equals(one.connectionId()))
                .map(LatestEvents::withoutNumber)
                .toList();
    }

    private static MonitorEvent withoutNumber(MonitorEvent event) {
        return new MonitorEvent(
                0, event.at(), event.kind(), event.listener(), event.connectionId(), event.text());
    }
}
