package io.dermaga.alerts;

import java.time.Duration;
import java.util.List;

/** What a rule looks for. Immutable; what it has to remember is in {@link Memory}. */
sealed interface Condition
        permits Away,
                BackPressure,
                Certificates,
                DeadLetters,
                DiskSpace,
                Errors,
                InState,
                Rate,
                Silence {

    /** What is found now, of each listener that it looks at. */
    List<Finding> find(Observation seen, Memory memory);

    /** How long it has to be met without a break until it fires. */
    default Duration patience() {
        return Duration.ZERO;
    }

    /** Whether nothing can be told while the adapter is away. */
    default boolean needsAdapter() {
        return true;
    }
}
