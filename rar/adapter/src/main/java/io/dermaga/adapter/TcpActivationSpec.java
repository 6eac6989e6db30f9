package io.dermaga.adapter;

import io.dermaga.engine.settings.Setting;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Activation properties of a bean that receives from TCP. All are texts, so that units can be
 * written and every problem can be told at once; docs/configuration.md explains each. Their values
 * may be overridden from outside.
 */
@ValidActivation
public class TcpActivationSpec implements ActivationSpec, Serializable {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final EnumMap<Setting, String> given = new EnumMap<>(Setting.class);

    private transient @Nullable ResourceAdapter resourceAdapter;

    /** The properties that were given. */
    Map<Setting, String> given() {
        return new EnumMap<>(given);
    }

    /**
     * Does nothing: properties may be overridden from outside, so that only activation can judge
     * them. {@link ValidActivation} judges what is given here.
     */
    @Override
    public void validate() {
        // see above
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter resourceAdapter) {
        this.resourceAdapter = resourceAdapter;
    }

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

    /** Address to bind. Default {@code 0.0.0.0}. */
    public @Nullable String getHost() {
        return given.get(Setting.HOST);
    }

    public void setHost(String value) {
        given.put(Setting.HOST, value);
    }

    /** Port to bind, 0 to 65535; 0 lets the system choose. No default. */
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

    /** Connections at a time, 1 to 1000000; more are refused. Default 10000. */
    public @Nullable String getMaxConnections() {
        return given.get(Setting.MAX_CONNECTIONS);
    }

    public void setMaxConnections(String value) {
        given.put(Setting.MAX_CONNECTIONS, value);
    }

    /**
     * Largest payload, {@code 1B} to {@code 1TiB}; a larger one closes the connection. Default
     * {@code 16MiB}.
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
     * 1GiB}. Default {@code 1MiB}.
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

    /** Bytes queued for one connection, {@code 64KiB} to {@code 1GiB}. Default {@code 16MiB}. */
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
     * How long deliveries in flight may go on at undeployment, {@code 0s} to {@code 10m}. Default
     * {@code 30s}.
     */
    public @Nullable String getDrainTimeout() {
        return given.get(Setting.DRAIN_TIMEOUT);
    }

    public void setDrainTimeout(String value) {
        given.put(Setting.DRAIN_TIMEOUT, value);
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
