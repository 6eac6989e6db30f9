package io.dermaga.engine.settings;

/** When a peer is told of the outcome of a payload. */
public enum Acknowledge {
    /** When the bean has returned and its transaction has ended. */
    ON_DELIVERY,
    /** Never: a peer learns nothing of what becomes of its payloads. */
    NEVER
}
