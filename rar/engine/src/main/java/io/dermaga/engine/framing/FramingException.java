package io.dermaga.engine.framing;

import io.dermaga.api.CloseReason;

/** The stream of a connection cannot be read on. */
public final class FramingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    FramingException(CloseReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static FramingException oversize(long size, long limit) {
        return new FramingException(
                CloseReason.OVERSIZE,
                "DMG2103 payload of "
                        + size
                        + " bytes or more exceeds maxPayload="
                        + limit
                        + " bytes");
    }

    /** What the connection is closed with. */
    public CloseReason reason() {
        return reason;
    }
}
