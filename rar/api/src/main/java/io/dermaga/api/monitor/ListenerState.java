package io.dermaga.api.monitor;

/** What a listener does. */
public enum ListenerState {
    /** The bean is not ready yet; the port is not bound. */
    STARTING,
    /** Bound and accepting. */
    LISTENING,
    /** Could not bind; it tries again by itself. */
    FAILED,
    /** No longer accepting; deliveries in flight are finished. */
    DRAINING,
    /** Closed. */
    STOPPED
}
