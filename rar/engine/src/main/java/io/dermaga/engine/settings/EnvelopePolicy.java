package io.dermaga.engine.settings;

/** What becomes of the bytes that a framing puts around a payload. */
public enum EnvelopePolicy {
    /** They are taken off. */
    STRIP,
    /** They stay with the payload. */
    KEEP
}
