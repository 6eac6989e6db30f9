package io.dermaga.engine.settings;

/** What happens to a payload without a byte. */
public enum OnEmpty {
    /** It is delivered. */
    DELIVER,
    /** It counts as envelope. */
    SKIP
}
