package io.dermaga.engine.detect;

/** Whether bytes are expected to be TLS. */
public enum Encryption {
    /** They are plain. */
    OFF,
    /** They may be both; also what was decrypted already. */
    OPTIONAL,
    /** They are TLS. */
    REQUIRED,
    /** They are plain at first. */
    STARTTLS
}
