package io.dermaga.engine.settings;

/** Where the charset of a payload's text comes from. */
public enum CharsetFrom {
    /** From the setting {@code charset}. */
    LISTENER,
    /** From the payload, if it tells one; else from the setting. */
    PAYLOAD
}
