package io.dermaga.engine.settings;

/** What else happens when a bean has failed on a payload for the last time. */
public enum OnPoison {
    /** Nothing: the next payload is delivered. */
    DEAD_LETTER,
    /** The connection is reset; what was complete before is delivered. */
    CLOSE,
    /** The listener delivers nothing more and takes no connections until an operator resumes it. */
    PAUSE_LISTENER
}
