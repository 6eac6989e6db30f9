package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MessageRecord.Acknowledgement.Kind;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a peer is told of a message. Nobody changes its bytes. */
public final class Told {

    private static final byte[] NO_BYTES = {};

    /** Nothing. */
    public static final Told NOTHING = new Told(Kind.NONE, NO_BYTES, false);

    /** That it was stored, before. */
    public static final Told STORED = new Told(Kind.STORED, NO_BYTES, false);

    /** That it was refused, when it was stored, before. */
    public static final Told REFUSED = new Told(Kind.NAK, NO_BYTES, false);

    private final Kind kind;
    private final byte[] bytes;
    private final int length;
    private final boolean end;

    /**
     * @param bytes which are not copied
     * @param end whether the connection is ended after it
     */
    public Told(Kind kind, byte[] bytes, boolean end) {
        this(kind, bytes, bytes.length, end);
    }

    private Told(Kind kind, byte[] bytes, int length, boolean end) {
        this.kind = kind;
        this.bytes = bytes;
        this.length = length;
        this.end = end;
    }

    /** The same with no more than so many of its bytes, to be remembered. */
    public Told beginning(int most) {
        return bytes.length <= most
                ? this
                : new Told(kind, Arrays.copyOf(bytes, most), length, end);
    }

    /**
     * What is said of an outcome.
     *
     * @param bytes null if nothing is said
     */
    public static Told outcome(boolean delivered, byte @Nullable [] bytes) {
        return bytes == null || bytes.length == 0
                ? NOTHING
                : new Told(delivered ? Kind.ACK : Kind.NAK, Objects.requireNonNull(bytes), false);
    }

    public Kind kind() {
        return kind;
    }

    /** All of them, or the {@link #beginning}. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many there are, or were. */
    public int length() {
        return length;
    }

    /** Whether the connection is ended after it. */
    public boolean endsConnection() {
        return end;
    }

    /** Whether there is anything to do. */
    public boolean isSomething() {
        return end || bytes.length > 0;
    }
}
