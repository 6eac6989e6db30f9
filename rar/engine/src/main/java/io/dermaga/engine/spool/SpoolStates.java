package io.dermaga.engine.spool;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.monitor.Feed;
import java.lang.System.Logger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what is in the way of each part of the spool. Thread-safe. */
final class SpoolStates {

    static final Logger LOG = System.getLogger("io.dermaga.spool");

    /** The parts that may have to wait. */
    enum Part {
        WRITER,
        LARGE_WRITER,
        READER,
        TRANSACTIONS
    }

    private final Feed feed;
    private final Map<Part, String> problems = new EnumMap<>(Part.class);
    private volatile SpoolState current = new SpoolState(SpoolState.Kind.IDLE, "", Instant.now());

    SpoolStates(Feed feed) {
        this.feed = feed;
    }

    SpoolState current() {
        return current;
    }

    /** The spool has been asked for. */
    synchronized void started() {
        current = new SpoolState(SpoolState.Kind.OK, "", Instant.now());
    }

    synchronized void closed() {
        current = new SpoolState(SpoolState.Kind.CLOSED, "", Instant.now());
    }

    /**
     * @param problem numbered sentence; null if nothing is in the way of that part
     */
    synchronized void tell(Part part, @Nullable String problem) {
        if (current.kind() == SpoolState.Kind.CLOSED) {
            return;
        }
        if (problem == null) {
            problems.remove(part);
        } else {
            problems.put(part, problem);
        }
        boolean waited = current.kind() == SpoolState.Kind.WAITING;
        if (problems.isEmpty() != waited) {
            if (waited) {
                current = new SpoolState(current.kind(), first(), current.since());
            }
            return;
        }
        if (waited) {
            feed.info(
                    MonitorEvent.Kind.SPOOL,
                    null,
                    "DMG4106 spool goes on, it had waited since " + current.since());
            current = new SpoolState(SpoolState.Kind.OK, "", Instant.now());
        } else {
            feed.warning(MonitorEvent.Kind.SPOOL, null, null, first());
            current = new SpoolState(SpoolState.Kind.WAITING, first(), Instant.now());
        }
    }

    private String first() {
        return problems.values().iterator().next();
    }
}
