package io.dermaga.adapter;

import io.dermaga.engine.settings.Setting;
import org.jspecify.annotations.Nullable;

/** Properties that say how payloads are delivered, and what their peers are told. */
public abstract class DeliveryProperties extends TlsProperties {

    private static final long serialVersionUID = 1L;

    /**
     * Where an accepted payload waits for the bean: {@code MEMORY}, {@code SPOOLED} (forced to
     * disk). Default {@code MEMORY}.
     */
    public @Nullable String getDurability() {
        return given.get(Setting.DURABILITY);
    }

    public void setDurability(String value) {
        given.put(Setting.DURABILITY, value);
    }

    /**
     * When a peer is told of the outcome of a payload: {@code ON_DELIVERY}, {@code ON_SPOOL} (with
     * {@code durability=SPOOLED}), {@code NEVER}. Default {@code ON_DELIVERY}.
     */
    public @Nullable String getAcknowledge() {
        return given.get(Setting.ACKNOWLEDGE);
    }

    public void setAcknowledge(String value) {
        given.put(Setting.ACKNOWLEDGE, value);
    }

    /**
     * What a peer is answered to a payload that was delivered, if the bean does not reply: {@code
     * auto} (what the framing has), {@code none}, or bytes as {@code 0x06} or {@code 'OK' 0x0d0a}.
     * Default {@code auto}.
     */
    public @Nullable String getAck() {
        return given.get(Setting.ACK);
    }

    public void setAck(String value) {
        given.put(Setting.ACK, value);
    }

    /**
     * What a peer is answered to a payload that was not delivered, as {@code ack}. Default {@code
     * auto}.
     */
    public @Nullable String getNak() {
        return given.get(Setting.NAK);
    }

    public void setNak(String value) {
        given.put(Setting.NAK, value);
    }

    /**
     * How often a payload is given to the bean, 1 to 1000; if it fails as often, the payload
     * becomes a dead letter. Default 5.
     */
    public @Nullable String getMaxDeliveries() {
        return given.get(Setting.MAX_DELIVERIES);
    }

    public void setMaxDeliveries(String value) {
        given.put(Setting.MAX_DELIVERIES, value);
    }

    /**
     * Wait before the second delivery, {@code 1ms} to {@code 1h}; doubled before each that follows.
     * Default {@code 100ms}.
     */
    public @Nullable String getRedeliveryMin() {
        return given.get(Setting.REDELIVERY_MIN);
    }

    public void setRedeliveryMin(String value) {
        given.put(Setting.REDELIVERY_MIN, value);
    }

    /** Longest wait before a delivery, {@code 1ms} to {@code 24h}. Default {@code 10s}. */
    public @Nullable String getRedeliveryMax() {
        return given.get(Setting.REDELIVERY_MAX);
    }

    public void setRedeliveryMax(String value) {
        given.put(Setting.REDELIVERY_MAX, value);
    }

    /**
     * What else happens when a payload becomes a dead letter: {@code DEAD_LETTER} (nothing), {@code
     * CLOSE}, {@code PAUSE_LISTENER}. Default {@code DEAD_LETTER}.
     */
    public @Nullable String getOnPoison() {
        return given.get(Setting.ON_POISON);
    }

    public void setOnPoison(String value) {
        given.put(Setting.ON_POISON, value);
    }

    /** Whether dead letters are kept: {@code DURABLE}, {@code NONE}. Default {@code DURABLE}. */
    public @Nullable String getDeadLetters() {
        return given.get(Setting.DEAD_LETTERS);
    }

    public void setDeadLetters(String value) {
        given.put(Setting.DEAD_LETTERS, value);
    }

    /**
     * What tells a payload from others, so that one which a peer repeats is answered again and not
     * delivered again: {@code NONE}, {@code bytes(OFFSET,LENGTH)}, {@code regex(PATTERN)}, {@code
     * MSH-10}. Default {@code NONE}.
     */
    public @Nullable String getIdempotencyKey() {
        return given.get(Setting.IDEMPOTENCY_KEY);
    }

    public void setIdempotencyKey(String value) {
        given.put(Setting.IDEMPOTENCY_KEY, value);
    }

    /**
     * How long a payload is known after its delivery, {@code 1s} to {@code 168h}. Default {@code
     * 10m}.
     */
    public @Nullable String getIdempotencyWindow() {
        return given.get(Setting.IDEMPOTENCY_WINDOW);
    }

    public void setIdempotencyWindow(String value) {
        given.put(Setting.IDEMPOTENCY_WINDOW, value);
    }

    /**
     * Memory for keys and kept replies, the oldest forgotten first, {@code 64KiB} to {@code 1GiB}.
     * Default {@code 16MiB}.
     */
    public @Nullable String getIdempotencyCapacity() {
        return given.get(Setting.IDEMPOTENCY_CAPACITY);
    }

    public void setIdempotencyCapacity(String value) {
        given.put(Setting.IDEMPOTENCY_CAPACITY, value);
    }
}
