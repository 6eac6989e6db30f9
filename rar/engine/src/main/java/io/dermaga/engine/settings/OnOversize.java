package io.dermaga.engine.settings;

/** What happens to a payload that is larger than {@code maxPayload}. */
public enum OnOversize {
    /** It is discarded and the connection is reset. */
    CLOSE,
    /** Its first {@code maxPayload} bytes are delivered. */
    TRUNCATE,
    /** It is discarded; the stream goes on with the next one. */
    DISCARD
}
