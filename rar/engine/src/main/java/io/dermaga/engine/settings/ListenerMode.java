package io.dermaga.engine.settings;

/** Who begins a connection. */
public enum ListenerMode {
    /** The peer: a port is bound. */
    LISTEN,
    /** This side: it connects to {@code host} and {@code port}. */
    CONNECT
}
