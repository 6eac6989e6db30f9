package io.dermaga.adapter;

import io.dermaga.engine.settings.Setting;
import org.jspecify.annotations.Nullable;

/** Properties that say what peers may take. */
public abstract class LimitProperties extends ListenerProperties {

    private static final long serialVersionUID = 1L;

    /** Connections at a time, 1 to 1000000; more are refused. Default 10000. */
    public @Nullable String getMaxConnections() {
        return given.get(Setting.MAX_CONNECTIONS);
    }

    public void setMaxConnections(String value) {
        given.put(Setting.MAX_CONNECTIONS, value);
    }

    /**
     * Connections at a time from one IPv4 address or IPv6 network of 64 bits, 1 to 1000000; more
     * are refused. Default 1000.
     */
    public @Nullable String getMaxConnectionsPerAddress() {
        return given.get(Setting.MAX_CONNECTIONS_PER_ADDRESS);
    }

    public void setMaxConnectionsPerAddress(String value) {
        given.put(Setting.MAX_CONNECTIONS_PER_ADDRESS, value);
    }

    /**
     * Connections that are accepted in a second, 1 to 1000000; more wait in the backlog. Default
     * 10000.
     */
    public @Nullable String getAcceptRate() {
        return given.get(Setting.ACCEPT_RATE);
    }

    public void setAcceptRate(String value) {
        given.put(Setting.ACCEPT_RATE, value);
    }

    /**
     * Addresses and ranges that may connect, as {@code 10.0.0.0/8,::1}. Default: all that {@code
     * deny} does not have.
     */
    public @Nullable String getAllow() {
        return given.get(Setting.ALLOW);
    }

    public void setAllow(String value) {
        given.put(Setting.ALLOW, value);
    }

    /** Addresses and ranges that may not connect, whatever {@code allow} says. Default: none. */
    public @Nullable String getDeny() {
        return given.get(Setting.DENY);
    }

    public void setDeny(String value) {
        given.put(Setting.DENY, value);
    }

    /**
     * Addresses and ranges of trusted proxies, which begin each connection with a PROXY header.
     * Default: none.
     */
    public @Nullable String getProxyFrom() {
        return given.get(Setting.PROXY_FROM);
    }

    public void setProxyFrom(String value) {
        given.put(Setting.PROXY_FROM, value);
    }

    /**
     * Bytes that are read from all connections in a second, {@code 1KiB} to {@code 1TiB}. Default:
     * as many as come.
     */
    public @Nullable String getReadRate() {
        return given.get(Setting.READ_RATE);
    }

    public void setReadRate(String value) {
        given.put(Setting.READ_RATE, value);
    }

    /**
     * Bytes that are read from each connection in a second, {@code 1KiB} to {@code 1TiB}. Default:
     * as many as come.
     */
    public @Nullable String getConnectionReadRate() {
        return given.get(Setting.CONNECTION_READ_RATE);
    }

    public void setConnectionReadRate(String value) {
        given.put(Setting.CONNECTION_READ_RATE, value);
    }

    /**
     * Bytes that are written to all connections in a second, {@code 1KiB} to {@code 1TiB}. Default:
     * as many as there are.
     */
    public @Nullable String getWriteRate() {
        return given.get(Setting.WRITE_RATE);
    }

    public void setWriteRate(String value) {
        given.put(Setting.WRITE_RATE, value);
    }

    /**
     * Bytes that are written to each connection in a second, {@code 1KiB} to {@code 1TiB}. Default:
     * as many as there are.
     */
    public @Nullable String getConnectionWriteRate() {
        return given.get(Setting.CONNECTION_WRITE_RATE);
    }

    public void setConnectionWriteRate(String value) {
        given.put(Setting.CONNECTION_WRITE_RATE, value);
    }

    /**
     * Largest payload, {@code 1B} to {@code 1TiB}; {@code onOversize} says what a larger one
     * causes. Default {@code 16MiB}.
     */
    public @Nullable String getMaxPayload() {
        return given.get(Setting.MAX_PAYLOAD);
    }

    public void setMaxPayload(String value) {
        given.put(Setting.MAX_PAYLOAD, value);
    }

    /**
     * A growing payload larger than this goes to disk, {@code 4KiB} to {@code 1GiB}. Default {@code
     * 4MiB}.
     */
    public @Nullable String getSpillThreshold() {
        return given.get(Setting.SPILL_THRESHOLD);
    }

    public void setSpillThreshold(String value) {
        given.put(Setting.SPILL_THRESHOLD, value);
    }

    /**
     * Bytes waiting for the bean above which a connection stops reading, {@code 4KiB} to {@code
     * 1GiB}. Default {@code 2MiB}.
     */
    public @Nullable String getHighWatermark() {
        return given.get(Setting.HIGH_WATERMARK);
    }

    public void setHighWatermark(String value) {
        given.put(Setting.HIGH_WATERMARK, value);
    }

    /**
     * Bytes that all connections hold in memory, {@code 1MiB} to {@code 1TiB}. Default {@code
     * 64MiB}.
     */
    public @Nullable String getBudget() {
        return given.get(Setting.BUDGET);
    }

    public void setBudget(String value) {
        given.put(Setting.BUDGET, value);
    }

    /**
     * Bytes queued for one connection, {@code 64KiB} to {@code 1GiB}; more closes it. Default
     * {@code 16MiB}.
     */
    public @Nullable String getMaxWriteBuffer() {
        return given.get(Setting.MAX_WRITE_BUFFER);
    }

    public void setMaxWriteBuffer(String value) {
        given.put(Setting.MAX_WRITE_BUFFER, value);
    }

    /**
     * Without reading and writing, {@code 100ms} to {@code 24h}; then the connection is closed.
     * Default {@code 5m}.
     */
    public @Nullable String getIdleTimeout() {
        return given.get(Setting.IDLE_TIMEOUT);
    }

    public void setIdleTimeout(String value) {
        given.put(Setting.IDLE_TIMEOUT, value);
    }

    /**
     * Without reading, {@code 100ms} to {@code 24h}; then the connection is closed. Default {@code
     * 24h}.
     */
    public @Nullable String getReadTimeout() {
        return given.get(Setting.READ_TIMEOUT);
    }

    public void setReadTimeout(String value) {
        given.put(Setting.READ_TIMEOUT, value);
    }

    /**
     * Without the peer taking anything of what waits for it, {@code 100ms} to {@code 24h}; then the
     * connection is reset. Default {@code 5m}.
     */
    public @Nullable String getWriteTimeout() {
        return given.get(Setting.WRITE_TIMEOUT);
    }

    public void setWriteTimeout(String value) {
        given.put(Setting.WRITE_TIMEOUT, value);
    }

    /**
     * From the open connection until its first byte, {@code 100ms} to {@code 24h}; then the
     * connection is closed. Default {@code 5m}.
     */
    public @Nullable String getFirstByteTimeout() {
        return given.get(Setting.FIRST_BYTE_TIMEOUT);
    }

    public void setFirstByteTimeout(String value) {
        given.put(Setting.FIRST_BYTE_TIMEOUT, value);
    }

    /**
     * From the first to the last byte of a payload, {@code 100ms} to {@code 24h}; then the
     * connection is reset. Default {@code 10m}.
     */
    public @Nullable String getFrameTimeout() {
        return given.get(Setting.FRAME_TIMEOUT);
    }

    public void setFrameTimeout(String value) {
        given.put(Setting.FRAME_TIMEOUT, value);
    }

    /**
     * From the connection to the end of its PROXY header and TLS handshake, {@code 100ms} to {@code
     * 10m}; then it is reset. Default {@code 10s}.
     */
    public @Nullable String getHandshakeTimeout() {
        return given.get(Setting.HANDSHAKE_TIMEOUT);
    }

    public void setHandshakeTimeout(String value) {
        given.put(Setting.HANDSHAKE_TIMEOUT, value);
    }

    /**
     * How long deliveries in flight may go on at undeployment, {@code 0s} to {@code 10m}. Default
     * {@code 30s}.
     */
    public @Nullable String getDrainTimeout() {
        return given.get(Setting.DRAIN_TIMEOUT);
    }

    public void setDrainTimeout(String value) {
        given.put(Setting.DRAIN_TIMEOUT, value);
    }
}
