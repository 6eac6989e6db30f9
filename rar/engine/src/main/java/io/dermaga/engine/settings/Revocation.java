package io.dermaga.engine.settings;

/** How it is found out whether a peer's certificate was revoked. */
public enum Revocation {
    /** It is not. */
    NONE,
    /** By the lists in {@code tlsCrl}; a certificate of which no list tells is refused. */
    CRL,
    /** The responder that the certificate names is asked (RFC 6960); without answer: refused. */
    OCSP,
    /** As {@link #OCSP}; without an answer: trusted. */
    OCSP_SOFT;

    /** Whether a responder is asked. */
    public boolean asks() {
        return this == OCSP || this == OCSP_SOFT;
    }
}
