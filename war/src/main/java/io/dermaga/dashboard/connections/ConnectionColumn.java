package io.dermaga.dashboard.connections;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionSnapshot.TlsFacts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be shown of a connection, in the order in which it is. */
public enum ConnectionColumn {
    STATE("state", true, null),
    ID("connection", false, null),
    REMOTE("remote", true, null),
    ENCRYPTION("encryption", false, null),
    LOCAL("local", false, null),
    LISTENER("listener", true, null),
    READ("read", true, Measure.SIZE),
    WRITTEN("written", true, Measure.SIZE),
    PAYLOADS("payloads", true, Measure.COUNT),
    AGE("age", true, Measure.AGE),
    IDLE("idle", true, Measure.AGE),
    IN_FLIGHT("inFlight", true, Measure.COUNT),
    HOLDS("holds", true, null),
    KERNEL("kernel", true, Measure.SIZE),
    ASSEMBLING("assembling", false, Measure.SIZE),
    LANE("inLane", false, Measure.SIZE),
    TO_WRITE("toWrite", false, Measure.SIZE);

    /** Those that are shown unless others are chosen. */
    static final List<ConnectionColumn> SHOWN =
            Arrays.stream(values()).filter(one -> one.shown).toList();

    /** Those that have a number. */
    static final List<ConnectionColumn> NUMBERS =
            Arrays.stream(values()).filter(one -> one.measure != null).toList();

    private final String key;
    private final boolean shown;
    private final @Nullable Measure measure;

    ConnectionColumn(String key, boolean shown, @Nullable Measure measure) {
        this.key = key;
        this.shown = shown;
        this.measure = measure;
    }

    /**
     * The column of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static ConnectionColumn of(String key) {
        return Arrays.stream(values())
                .filter(one -> one.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key));
    }

    /** Its name in an address, and the key of its heading. */
    public String getKey() {
        return key;
    }

    /** Name of the parameter for the least of its numbers. */
    public String getLeast() {
        return "min" + capitalized();
    }

    /** Name of the parameter for the largest of its numbers. */
    public String getMost() {
        return "max" + capitalized();
    }

    private String capitalized() {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }

    /** What its numbers are; empty if it has none. */
    public Optional<Measure> measure() {
        return Optional.ofNullable(measure);
    }

    /** Whether it has numbers. */
    public boolean isNumber() {
        return measure != null;
    }

    /** How its numbers are written; null if it has none. */
    public @Nullable Measure getMeasure() {
        return measure;
    }

    /** Its number, ages in milliseconds; 0 if it has none. */
    public long number(ConnectionSnapshot one, Instant now) {
        return switch (this) {
            case READ -> one.bytesRead();
            case WRITTEN -> one.bytesWritten();
            case PAYLOADS -> one.payloads();
            case AGE -> millis(one.openedAt(), now);
            case IDLE -> millis(one.lastReadAt(), now);
            case IN_FLIGHT -> one.inFlight();
            case KERNEL -> one.kernelBytes();
            case ASSEMBLING -> one.assemblingBytes();
            case LANE -> one.laneBytes();
            case TO_WRITE -> one.writeBufferBytes();
            default -> 0;
        };
    }

    /** By what it shows. */
    Comparator<ConnectionSnapshot> order() {
        return switch (this) {
            case STATE -> Comparator.comparing(ConnectionSnapshot::state);
            case ID -> Comparator.comparing(ConnectionSnapshot::id);
            case REMOTE -> byAddress(ConnectionSnapshot::remoteAddress);
            case ENCRYPTION -> Comparator.comparing(ConnectionColumn::protocol);
            case LOCAL -> byAddress(ConnectionSnapshot::localAddress);
            case LISTENER -> Comparator.comparing(ConnectionSnapshot::listener);
            case HOLDS -> Comparator.comparing(ConnectionColumn::holds);
            // of one moment for all: who is older stays older
            default -> Comparator.comparingLong(one -> number(one, Instant.EPOCH));
        };
    }

    private static long millis(Instant since, Instant now) {
        return Duration.between(since, now).toMillis();
    }

    private static String protocol(ConnectionSnapshot connection) {
        TlsFacts tls = connection.tls();
        return tls == null ? "" : tls.protocol();
    }

    static String holds(ConnectionSnapshot connection) {
        return connection.holds().stream()
                .map(Enum::name)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** As numbers: 10.0.0.9 comes before 10.0.0.10. */
    private static Comparator<ConnectionSnapshot> byAddress(
            Function<ConnectionSnapshot, InetSocketAddress> which) {
        return Comparator.comparing(which, ConnectionColumn::compare);
    }

    private static int compare(InetSocketAddress one, InetSocketAddress other) {
        int byAddress = Arrays.compareUnsigned(bytes(one), bytes(other));
        return byAddress == 0 ? Integer.compare(one.getPort(), other.getPort()) : byAddress;
    }

    private static byte[] bytes(InetSocketAddress address) {
        InetAddress resolved = address.getAddress();
        return resolved == null ? new byte[0] : resolved.getAddress();
    }
}
