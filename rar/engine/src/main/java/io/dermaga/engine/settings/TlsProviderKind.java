package io.dermaga.engine.settings;

/** Who encrypts. */
public enum TlsProviderKind {
    /** The Java platform. */
    JDK,
    /** BoringSSL by netty-tcnative, where its library is present. */
    OPENSSL
}
