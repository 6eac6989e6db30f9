package io.dermaga.adapter;

import io.dermaga.engine.settings.Setting;
import org.jspecify.annotations.Nullable;

/** Properties of encryption. */
public abstract class TlsProperties extends LimitProperties {

    private static final long serialVersionUID = 1L;

    /**
     * Whether connections are encrypted: {@code OFF}, {@code OPTIONAL}, {@code REQUIRED}, {@code
     * STARTTLS}. Default {@code OFF}.
     */
    public @Nullable String getTls() {
        return given.get(Setting.TLS);
    }

    public void setTls(String value) {
        given.put(Setting.TLS, value);
    }

    /**
     * Files with certificates of this side (PEM, PKCS#12, JKS), separated by commas. No default.
     */
    public @Nullable String getTlsCertificate() {
        return given.get(Setting.TLS_CERTIFICATE);
    }

    public void setTlsCertificate(String value) {
        given.put(Setting.TLS_CERTIFICATE, value);
    }

    /**
     * PEM files with the keys, in the order of {@code tlsCertificate}. Default: in the same files.
     */
    public @Nullable String getTlsKey() {
        return given.get(Setting.TLS_KEY);
    }

    public void setTlsKey(String value) {
        given.put(Setting.TLS_KEY, value);
    }

    /** Password of encrypted keys and stores. No default. */
    public @Nullable String getTlsPassword() {
        return given.get(Setting.TLS_PASSWORD);
    }

    public void setTlsPassword(String value) {
        given.put(Setting.TLS_PASSWORD, value);
    }

    /**
     * Files with the authorities of peers' certificates (PEM, PKCS#12, JKS), separated by commas.
     * No default.
     */
    public @Nullable String getTlsTrust() {
        return given.get(Setting.TLS_TRUST);
    }

    public void setTlsTrust(String value) {
        given.put(Setting.TLS_TRUST, value);
    }

    /** Password of stores among {@code tlsTrust}. No default. */
    public @Nullable String getTlsTrustPassword() {
        return given.get(Setting.TLS_TRUST_PASSWORD);
    }

    public void setTlsTrustPassword(String value) {
        given.put(Setting.TLS_TRUST_PASSWORD, value);
    }

    /**
     * Whether a peer shows a certificate: {@code NONE}, {@code WANT}, {@code NEED}. Default {@code
     * NONE}.
     */
    public @Nullable String getTlsClientAuth() {
        return given.get(Setting.TLS_CLIENT_AUTH);
    }

    public void setTlsClientAuth(String value) {
        given.put(Setting.TLS_CLIENT_AUTH, value);
    }

    /** Versions of TLS. Default {@code TLSv1.3,TLSv1.2}, which are all. */
    public @Nullable String getTlsProtocols() {
        return given.get(Setting.TLS_PROTOCOLS);
    }

    public void setTlsProtocols(String value) {
        given.put(Setting.TLS_PROTOCOLS, value);
    }

    /**
     * Cipher suites by their IANA names, separated by commas. Default: those with forward secrecy
     * and authenticated encryption.
     */
    public @Nullable String getTlsCiphers() {
        return given.get(Setting.TLS_CIPHERS);
    }

    public void setTlsCiphers(String value) {
        given.put(Setting.TLS_CIPHERS, value);
    }

    /** Application protocols to agree upon (ALPN), separated by commas. Default: none. */
    public @Nullable String getTlsApplicationProtocols() {
        return given.get(Setting.TLS_APPLICATION_PROTOCOLS);
    }

    public void setTlsApplicationProtocols(String value) {
        given.put(Setting.TLS_APPLICATION_PROTOCOLS, value);
    }

    /**
     * How revoked certificates of peers are found: {@code NONE}, {@code CRL}, {@code OCSP}, {@code
     * OCSP_SOFT}. Default {@code NONE}.
     */
    public @Nullable String getTlsRevocation() {
        return given.get(Setting.TLS_REVOCATION);
    }

    public void setTlsRevocation(String value) {
        given.put(Setting.TLS_REVOCATION, value);
    }

    /** Files with lists of revoked certificates, separated by commas. No default. */
    public @Nullable String getTlsCrl() {
        return given.get(Setting.TLS_CRL);
    }

    public void setTlsCrl(String value) {
        given.put(Setting.TLS_CRL, value);
    }

    /** Who encrypts: {@code JDK}, {@code OPENSSL}. Default {@code JDK}. */
    public @Nullable String getTlsProvider() {
        return given.get(Setting.TLS_PROVIDER);
    }

    public void setTlsProvider(String value) {
        given.put(Setting.TLS_PROVIDER, value);
    }

    /**
     * Whether an end of TCP without one of TLS cuts a payload off: {@code REQUIRED} (it does),
     * {@code OPTIONAL}. Default {@code REQUIRED}.
     */
    public @Nullable String getTlsCloseNotify() {
        return given.get(Setting.TLS_CLOSE_NOTIFY);
    }

    public void setTlsCloseNotify(String value) {
        given.put(Setting.TLS_CLOSE_NOTIFY, value);
    }

    /**
     * How long before a certificate expires there are warnings, {@code 0s} to {@code 8760h}.
     * Default {@code 720h}.
     */
    public @Nullable String getTlsExpiryWarning() {
        return given.get(Setting.TLS_EXPIRY_WARNING);
    }

    public void setTlsExpiryWarning(String value) {
        given.put(Setting.TLS_EXPIRY_WARNING, value);
    }
}
