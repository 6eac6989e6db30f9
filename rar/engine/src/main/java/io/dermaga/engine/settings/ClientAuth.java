package io.dermaga.engine.settings;

/** Whether a peer shows a certificate. */
public enum ClientAuth {
    /** It is not asked. */
    NONE,
    /** It is asked, and may have none; one that is not trusted is refused. */
    WANT,
    /** One that is trusted is needed. */
    NEED
}
