package io.dermaga.api.monitor;

/** What a listener does. */
public enum ListenerState {
    /** The bean is not ready yet; the port is not bound. */
    STARTING,
    /** Bound and accepting. */
    LISTENING,
    /** {@code mode=CONNECT}: connections are missing; it tries by itself to make them. */
    CONNECTING,
    /** {@code mode=CONNECT}: all connections are there. */
    CONNECTED,
    /**
     * An operator lets it take no more connections: those that are there live on, new ones wait in
     * the backlog; with {@code mode=CONNECT}, lost ones are not made again.
     */
    PAUSED,
    /** Could not bind; it tries again by itself. */
    FAILED,
    /** No longer accepting; deliveries in flight are finished. */
    DRAINING,
    /** Closed; an operator may start it again. */
    STOPPED
}
