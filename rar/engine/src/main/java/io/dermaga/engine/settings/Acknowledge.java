package io.dermaga.engine.settings;

/** When a peer is told of the outcome of a payload. */
public enum Acknowledge {
    /** When the bean has returned and its transaction has ended. */
    ON_DELIVERY,
    /** When the payload is forced to disk; the bean is called later. */
    ON_SPOOL,
    /** Never: a peer learns nothing of what becomes of its payloads. */
    NEVER
}
