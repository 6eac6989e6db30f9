package io.dermaga.api;

/** Which deadline has passed. */
public enum TimeoutKind {
    /** Nothing was read and nothing written for {@code idleTimeout}. */
    IDLE,
    /** A payload was not completed within {@code frameTimeout} of its first byte. */
    FRAME
}
