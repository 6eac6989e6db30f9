package io.dermaga.engine.settings;

import java.time.Duration;
import java.util.List;

/**
 * Everything about one activation, validated.
 *
 * @param name of the activation
 * @param group activations of one group and one name share their listeners; empty: none does
 * @param concurrency how many workers call the bean at a time
 * @param drainTimeout how long deliveries in flight may go on when the activation ends
 * @param listeners at least one
 */
public record ActivationSettings(
        String name,
        String group,
        int concurrency,
        Duration drainTimeout,
        List<ListenerSettings> listeners) {

    public ActivationSettings {
        listeners = List.copyOf(listeners);
    }
}
