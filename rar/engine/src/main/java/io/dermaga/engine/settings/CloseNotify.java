package io.dermaga.engine.settings;

/** Whether a peer must say with TLS that it has ended (RFC 8446, 6.1). */
public enum CloseNotify {
    /** An end without close_notify may be an attacker's: what is not complete is cut off. */
    REQUIRED,
    /** An end without close_notify is an end. */
    OPTIONAL
}
