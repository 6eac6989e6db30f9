package io.dermaga.engine.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of sockets.
 *
 * @param backlog connections that the kernel holds before they are accepted
 * @param noDelay TCP_NODELAY
 * @param keepAlive probes of silent peers
 * @param allowHalfOpen whether this side stays open when the peer has ended its own
 * @param pauseOnConnect whether a connection reads nothing until its bean resumes it
 * @param reuseAddress SO_REUSEADDR
 * @param reusePort SO_REUSEPORT
 * @param ipv6Only IPV6_V6ONLY
 * @param receiveBuffer SO_RCVBUF; null: the system's
 * @param sendBuffer SO_SNDBUF; null: the system's
 * @param linger SO_LINGER, in seconds; null: off
 * @param trafficClass IP_TOS, IPV6_TCLASS; 0: the system's
 */
public record SocketSettings(
        int backlog,
        boolean noDelay,
        KeepAlive keepAlive,
        boolean allowHalfOpen,
        boolean pauseOnConnect,
        boolean reuseAddress,
        boolean reusePort,
        boolean ipv6Only,
        @Nullable DataSize receiveBuffer,
        @Nullable DataSize sendBuffer,
        @Nullable Duration linger,
        int trafficClass) {

    /**
     * Probes of silent peers (RFC 9293, 3.8.4).
     *
     * @param on SO_KEEPALIVE
     * @param idle TCP_KEEPIDLE; null: the system's
     * @param interval TCP_KEEPINTVL; null: the system's
     * @param count TCP_KEEPCNT; null: the system's
     */
    public record KeepAlive(
            boolean on,
            @Nullable Duration idle,
            @Nullable Duration interval,
            @Nullable Integer count) {}
}
