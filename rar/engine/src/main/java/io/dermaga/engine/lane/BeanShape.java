package io.dermaga.engine.lane;

import java.util.Set;

/**
 * What a bean takes.
 *
 * @param payloads whether it takes payloads at all
 * @param batch whether it takes them in batches
 * @param events of which it is told
 */
public record BeanShape(boolean payloads, boolean batch, Set<SocketEvent.Kind> events) {

    public BeanShape {
        events = Set.copyOf(events);
    }

    /** A bean that takes one payload at a time. */
    public static BeanShape ofPayloads() {
        return new BeanShape(true, false, Set.of());
    }

    /** A bean that takes batches of payloads. */
    public static BeanShape ofBatches() {
        return new BeanShape(true, true, Set.of());
    }
}
