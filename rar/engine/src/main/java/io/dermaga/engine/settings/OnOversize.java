package io.dermaga.engine.settings;

/** What happens to a payload that is larger than {@code maxPayload}. */
public enum OnOversize {
    /** It is discarded and the connection is reset. */
    CLOSE,
    /** Its first {@code maxPayload} bytes are delivered. */
    TRUNCATE,
    /** Its first {@code maxPayload} bytes are kept as a dead letter; no bean is called. */
    DEAD_LETTER,
    /** It is discarded; the stream goes on with the next one. */
    DISCARD;

    /** Whether its beginning is kept. */
    public boolean cuts() {
        return this == TRUNCATE || this == DEAD_LETTER;
    }
}
