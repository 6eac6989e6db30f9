package io.dermaga.engine.settings;

/** Whether payloads are kept on which a bean has failed for the last time. */
public enum DeadLetters {
    /** On disk, until somebody replays or deletes them. */
    DURABLE,
    /** They are not: only the record of the failure is. */
    NONE
}
