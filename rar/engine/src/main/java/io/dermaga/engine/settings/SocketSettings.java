package io.dermaga.engine.settings;

/**
 * Options of sockets.
 *
 * @param backlog connections that the kernel holds before they are accepted
 * @param noDelay TCP_NODELAY
 * @param keepAlive SO_KEEPALIVE
 * @param allowHalfOpen whether this side stays open when the peer has ended its own
 */
public record SocketSettings(
        int backlog, boolean noDelay, boolean keepAlive, boolean allowHalfOpen) {}
