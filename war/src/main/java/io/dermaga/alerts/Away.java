package io.dermaga.alerts;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.SpoolSnapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the product does not work. */
record Away(Part part, Duration patience) implements Condition {

    /** A part of the product. */
    enum Part {
        ADAPTER {
            @Override
            @Nullable String problem(Observation seen) {
                return seen.adapter() == null ? "the adapter does not answer" : null;
            }
        },
        SPOOL {
            @Override
            @Nullable String problem(Observation seen) {
                AdapterSnapshot adapter = seen.adapter();
                return adapter == null || adapter.spool().state() != SpoolSnapshot.State.WAITING
                        ? null
                        : "the spool waits: " + adapter.spool().problem();
            }
        },
        HISTORY {
            @Override
            @Nullable String problem(Observation seen) {
                return seen.historyProblem();
            }
        };

        /** Why it does not work; null if it does. */
        abstract @Nullable String problem(Observation seen);
    }

    @Override
    public List<Finding> find(Observation seen, Memory memory) {
        String problem = part.problem(seen);
        return List.of(
                Finding.of(
                        "",
                        problem != null,
                        problem == null ? "works" : "does not work",
                        String.valueOf(problem)));
    }

    @Override
    public boolean needsAdapter() {
        return part == Part.SPOOL;
    }
}
