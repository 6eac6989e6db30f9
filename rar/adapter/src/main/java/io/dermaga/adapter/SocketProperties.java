package io.dermaga.adapter;

import io.dermaga.engine.settings.Setting;
import org.jspecify.annotations.Nullable;

/** Properties that say how connections are made, and the options of their sockets. */
public abstract class SocketProperties extends ActivationProperties {

    private static final long serialVersionUID = 1L;

    /**
     * Who begins a connection: {@code LISTEN} (the peer), {@code CONNECT} (this side, which
     * connects to {@code host} and {@code port}). Default {@code LISTEN}.
     */
    public @Nullable String getMode() {
        return given.get(Setting.MODE);
    }

    public void setMode(String value) {
        given.put(Setting.MODE, value);
    }

    /** Connections that {@code mode=CONNECT} keeps, 1 to 1000. Default 1. */
    public @Nullable String getConnections() {
        return given.get(Setting.CONNECTIONS);
    }

    public void setConnections(String value) {
        given.put(Setting.CONNECTIONS, value);
    }

    /**
     * How long one attempt to connect may take, {@code 100ms} to {@code 10m}. Default {@code 10s}.
     */
    public @Nullable String getConnectTimeout() {
        return given.get(Setting.CONNECT_TIMEOUT);
    }

    public void setConnectTimeout(String value) {
        given.put(Setting.CONNECT_TIMEOUT, value);
    }

    /**
     * First wait before the next attempt to connect, {@code 100ms} to {@code 1h}; doubled after
     * each that fails. Default {@code 1s}.
     */
    public @Nullable String getReconnectMin() {
        return given.get(Setting.RECONNECT_MIN);
    }

    public void setReconnectMin(String value) {
        given.put(Setting.RECONNECT_MIN, value);
    }

    /**
     * Longest wait before the next attempt to connect, {@code 100ms} to {@code 24h}. Default {@code
     * 30s}.
     */
    public @Nullable String getReconnectMax() {
        return given.get(Setting.RECONNECT_MAX);
    }

    public void setReconnectMax(String value) {
        given.put(Setting.RECONNECT_MAX, value);
    }

    /** TCP_KEEPIDLE, {@code 1s} to {@code 9h}. Default: the system's. */
    public @Nullable String getKeepAliveIdle() {
        return given.get(Setting.KEEP_ALIVE_IDLE);
    }

    public void setKeepAliveIdle(String value) {
        given.put(Setting.KEEP_ALIVE_IDLE, value);
    }

    /** TCP_KEEPINTVL, {@code 1s} to {@code 9h}. Default: the system's. */
    public @Nullable String getKeepAliveInterval() {
        return given.get(Setting.KEEP_ALIVE_INTERVAL);
    }

    public void setKeepAliveInterval(String value) {
        given.put(Setting.KEEP_ALIVE_INTERVAL, value);
    }

    /** TCP_KEEPCNT, 1 to 127. Default: the system's. */
    public @Nullable String getKeepAliveCount() {
        return given.get(Setting.KEEP_ALIVE_COUNT);
    }

    public void setKeepAliveCount(String value) {
        given.put(Setting.KEEP_ALIVE_COUNT, value);
    }

    /**
     * Whether a connection reads nothing until the bean calls {@code resume()}. Default {@code
     * false}.
     */
    public @Nullable String getPauseOnConnect() {
        return given.get(Setting.PAUSE_ON_CONNECT);
    }

    public void setPauseOnConnect(String value) {
        given.put(Setting.PAUSE_ON_CONNECT, value);
    }

    /** SO_REUSEADDR. Default {@code true}. */
    public @Nullable String getReuseAddress() {
        return given.get(Setting.REUSE_ADDRESS);
    }

    public void setReuseAddress(String value) {
        given.put(Setting.REUSE_ADDRESS, value);
    }

    /** SO_REUSEPORT. Default {@code false}. */
    public @Nullable String getReusePort() {
        return given.get(Setting.REUSE_PORT);
    }

    public void setReusePort(String value) {
        given.put(Setting.REUSE_PORT, value);
    }

    /** SO_RCVBUF, {@code 4KiB} to {@code 1GiB}. Default: the system's. */
    public @Nullable String getReceiveBuffer() {
        return given.get(Setting.RECEIVE_BUFFER);
    }

    public void setReceiveBuffer(String value) {
        given.put(Setting.RECEIVE_BUFFER, value);
    }

    /** SO_SNDBUF, {@code 4KiB} to {@code 1GiB}. Default: the system's. */
    public @Nullable String getSendBuffer() {
        return given.get(Setting.SEND_BUFFER);
    }

    public void setSendBuffer(String value) {
        given.put(Setting.SEND_BUFFER, value);
    }

    /** SO_LINGER, {@code 1s} to {@code 1m}. Default: off. */
    public @Nullable String getLinger() {
        return given.get(Setting.LINGER);
    }

    public void setLinger(String value) {
        given.put(Setting.LINGER, value);
    }

    /** IP_TOS and IPV6_TCLASS, 0 to 255; 0: the system's. Default 0. */
    public @Nullable String getTrafficClass() {
        return given.get(Setting.TRAFFIC_CLASS);
    }

    public void setTrafficClass(String value) {
        given.put(Setting.TRAFFIC_CLASS, value);
    }

    /** IPV6_V6ONLY. Default {@code false}. */
    public @Nullable String getIpv6Only() {
        return given.get(Setting.IPV6_ONLY);
    }

    public void setIpv6Only(String value) {
        given.put(Setting.IPV6_ONLY, value);
    }
}
