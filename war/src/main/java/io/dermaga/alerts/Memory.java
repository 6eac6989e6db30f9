package io.dermaga.alerts;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a rule remembers from one look to the next. Used by one thread at a time. */
final class Memory {

    private final Map<String, Growth> growths = new HashMap<>();

    /** How much a counter of a listener has grown; always asked for with the same length. */
    Growth growth(String listener, Duration length) {
        return growths.computeIfAbsent(listener, name -> new Growth(length));
    }

    /** Forgets all other listeners. */
    void keep(Set<String> listeners) {
        growths.keySet().retainAll(listeners);
    }
}
