package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MessageRecord.Acknowledgement.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a peer is told of a message. Nobody changes its bytes. */
public final class Told {

    private static final byte[] NO_BYTES = {};

    /** Nothing. */
    public static final Told NOTHING = new Told(Kind.NONE, NO_BYTES, false);

    /** That it was stored, before. */
    public static final Told STORED = new Told(Kind.STORED, NO_BYTES, false);

    private final Kind kind;
    private final byte[] bytes;
    private final boolean end;

    /**
     * @param bytes which are not copied
     * @param end whether the connection is ended after it
     */
    public Told(Kind kind, byte[] bytes, boolean end) {
        this.kind = kind;
        this.bytes = bytes;
        this.end = end;
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

    public byte[] bytes() {
        return bytes;
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
