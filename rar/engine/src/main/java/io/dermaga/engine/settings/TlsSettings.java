package io.dermaga.engine.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Encryption of a listener.
 *
 * @param mode whether there is any
 * @param dialing whether this side connects, and so begins the handshake
 * @param certificates files with the certificates of this side: PEM (with its key, if {@code keys}
 *     does not have it), PKCS#12 or JKS; the first is shown to peers that name no known server
 * @param keys PEM files with the keys of PEM certificates, in the same order
 * @param password of encrypted keys and stores; empty if there is none
 * @param trust files with the certificates that peers' certificates must stem from
 * @param trustPassword of stores among them; empty if there is none
 * @param clientAuth whether a peer shows a certificate
 * @param protocols {@code TLSv1.3}, {@code TLSv1.2}
 * @param ciphers suites by their IANA names
 * @param applicationProtocols for ALPN, preferred first; empty if it is not offered
 * @param revocation how it is found out whether a peer's certificate was revoked
 * @param crls files with lists of revoked certificates
 * @param provider who encrypts
 * @param closeNotify whether an end without close_notify counts as cut off
 * @param expiryWarning how long before a certificate of this side expires there are warnings
 */
public record TlsSettings(
        TlsMode mode,
        boolean dialing,
        List<Path> certificates,
        List<Path> keys,
        String password,
        List<Path> trust,
        String trustPassword,
        ClientAuth clientAuth,
        List<String> protocols,
        List<String> ciphers,
        List<String> applicationProtocols,
        Revocation revocation,
        List<Path> crls,
        TlsProviderKind provider,
        CloseNotify closeNotify,
        Duration expiryWarning) {

    public TlsSettings {
        certificates = List.copyOf(certificates);
        keys = List.copyOf(keys);
        trust = List.copyOf(trust);
        protocols = List.copyOf(protocols);
        ciphers = List.copyOf(ciphers);
        applicationProtocols = List.copyOf(applicationProtocols);
        crls = List.copyOf(crls);
    }

    /** Whether connections may be encrypted. */
    public boolean isOn() {
        return mode != TlsMode.OFF;
    }

    /** Whether certificates of peers are looked at. */
    public boolean checksPeers() {
        return dialing || clientAuth != ClientAuth.NONE;
    }

    /** Passwords are shown to nobody. */
    @Override
    public String toString() {
        return "TlsSettings[mode=" + mode + ", certificates=" + certificates + "]";
    }
}
