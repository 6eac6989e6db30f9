package io.dermaga.adapter;

import io.dermaga.engine.settings.Setting;
import org.jspecify.annotations.Nullable;

/** Properties that say what a listener is and what it delivers. */
public abstract class ListenerProperties extends SocketProperties {

    private static final long serialVersionUID = 1L;

    /**
     * Name of the listener: in events, on the dashboard and in overriding keys {@code
     * dermaga.NAME.*}. Default: the bean's class name, first letter in lower case.
     */
    public @Nullable String getName() {
        return given.get(Setting.NAME);
    }

    public void setName(String value) {
        given.put(Setting.NAME, value);
    }

    /**
     * Names of several listeners of this activation, separated by commas, each configured under its
     * own name. Default: one, the name itself.
     */
    public @Nullable String getListeners() {
        return given.get(Setting.LISTENERS);
    }

    public void setListeners(String value) {
        given.put(Setting.LISTENERS, value);
    }

    /** Activations with the same name and group share their listeners. Default: none does. */
    public @Nullable String getGroup() {
        return given.get(Setting.GROUP);
    }

    public void setGroup(String value) {
        given.put(Setting.GROUP, value);
    }

    /** Groups of beans that are each given all payloads. Default: each payload goes to one bean. */
    public @Nullable String getCopies() {
        return given.get(Setting.COPIES);
    }

    public void setCopies(String value) {
        given.put(Setting.COPIES, value);
    }

    /**
     * Addresses to bind, or to connect to, separated by commas. Default {@code 0.0.0.0}; none with
     * {@code mode=CONNECT}.
     */
    public @Nullable String getHost() {
        return given.get(Setting.HOST);
    }

    public void setHost(String value) {
        given.put(Setting.HOST, value);
    }

    /** Port to bind or to connect to, 0 to 65535; 0 lets the system choose. No default. */
    public @Nullable String getPort() {
        return given.get(Setting.PORT);
    }

    public void setPort(String value) {
        given.put(Setting.PORT, value);
    }

    /** Connections that the kernel holds before they are accepted, 1 to 65535. Default 1024. */
    public @Nullable String getBacklog() {
        return given.get(Setting.BACKLOG);
    }

    public void setBacklog(String value) {
        given.put(Setting.BACKLOG, value);
    }

    /**
     * How payloads are told apart: the name of a framing, with its arguments in parentheses, as
     * {@code length(4,including)}; docs/framings.md tells of each. Default {@code eof}.
     */
    public @Nullable String getFraming() {
        return given.get(Setting.FRAMING);
    }

    public void setFraming(String value) {
        given.put(Setting.FRAMING, value);
    }

    /**
     * Whether payloads have what the framing puts around them: {@code STRIP}, {@code KEEP}. Default
     * {@code STRIP}.
     */
    public @Nullable String getEnvelope() {
        return given.get(Setting.ENVELOPE);
    }

    public void setEnvelope(String value) {
        given.put(Setting.ENVELOPE, value);
    }

    /**
     * What happens to a payload above {@code maxPayload}: {@code CLOSE}, {@code TRUNCATE}, {@code
     * DISCARD}. Default {@code CLOSE}.
     */
    public @Nullable String getOnOversize() {
        return given.get(Setting.ON_OVERSIZE);
    }

    public void setOnOversize(String value) {
        given.put(Setting.ON_OVERSIZE, value);
    }

    /**
     * What happens to a payload without a byte: {@code DELIVER}, {@code SKIP}. Default {@code
     * DELIVER}.
     */
    public @Nullable String getOnEmpty() {
        return given.get(Setting.ON_EMPTY);
    }

    public void setOnEmpty(String value) {
        given.put(Setting.ON_EMPTY, value);
    }

    /**
     * What happens to a last payload whose delimiter is missing: {@code DISCARD}, {@code DELIVER}.
     * Default {@code DISCARD}.
     */
    public @Nullable String getOnIncomplete() {
        return given.get(Setting.ON_INCOMPLETE);
    }

    public void setOnIncomplete(String value) {
        given.put(Setting.ON_INCOMPLETE, value);
    }

    /** Charset of {@code Payload.text()}. Default {@code UTF-8}. */
    public @Nullable String getCharset() {
        return given.get(Setting.CHARSET);
    }

    public void setCharset(String value) {
        given.put(Setting.CHARSET, value);
    }

    /**
     * Whether a payload's own declaration of its charset counts: {@code LISTENER} (no), {@code
     * PAYLOAD}. Default {@code LISTENER}.
     */
    public @Nullable String getCharsetFrom() {
        return given.get(Setting.CHARSET_FROM);
    }

    public void setCharsetFrom(String value) {
        given.put(Setting.CHARSET_FROM, value);
    }

    /** Workers that call the bean at a time, 1 to 1000. Default 16. */
    public @Nullable String getConcurrency() {
        return given.get(Setting.CONCURRENCY);
    }

    public void setConcurrency(String value) {
        given.put(Setting.CONCURRENCY, value);
    }

    /** Payloads in one call of a {@code BatchListener}, 1 to 100000. Default 1000. */
    public @Nullable String getMaxBatch() {
        return given.get(Setting.MAX_BATCH);
    }

    public void setMaxBatch(String value) {
        given.put(Setting.MAX_BATCH, value);
    }

    /** Whether this side stays open when the peer has ended its own. Default {@code false}. */
    public @Nullable String getAllowHalfOpen() {
        return given.get(Setting.ALLOW_HALF_OPEN);
    }

    public void setAllowHalfOpen(String value) {
        given.put(Setting.ALLOW_HALF_OPEN, value);
    }

    /** TCP_NODELAY. Default {@code true}. */
    public @Nullable String getNoDelay() {
        return given.get(Setting.NO_DELAY);
    }

    public void setNoDelay(String value) {
        given.put(Setting.NO_DELAY, value);
    }

    /** SO_KEEPALIVE. Default {@code true}. */
    public @Nullable String getKeepAlive() {
        return given.get(Setting.KEEP_ALIVE);
    }

    public void setKeepAlive(String value) {
        given.put(Setting.KEEP_ALIVE, value);
    }

    /**
     * How much of each payload the message history keeps, {@code 0B} to {@code 1MiB}. Default
     * {@code 4KiB}.
     */
    public @Nullable String getRecordBytes() {
        return given.get(Setting.RECORD_BYTES);
    }

    public void setRecordBytes(String value) {
        given.put(Setting.RECORD_BYTES, value);
    }
}
