package io.dermaga.engine.settings;

/** Whether connections are encrypted. */
public enum TlsMode {
    /** They are not. */
    OFF,
    /** Those that begin with a TLS handshake are, others are not. */
    OPTIONAL,
    /** All are; others are closed. */
    REQUIRED,
    /** They begin in plain text, until the bean calls {@code Connection.startTls}. */
    STARTTLS
}
