package io.dermaga.engine.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Who this side is: a key and the certificates that vouch for it.
 *
 * @param file where the certificate is
 * @param key of the first certificate
 * @param chain the certificate of the key first
 */
record Identity(Path file, PrivateKey key, List<X509Certificate> chain) {

    private static final byte[] PROBE = {1};

    /** Those in a PEM file, PKCS#12 or JKS store; at least one. */
    static List<Identity> read(Path file, Path keyFile, String password) throws UnusableException {
        byte[] content = content(file);
        List<Identity> found =
                PemFile.is(content)
                        ? List.of(ofPem(file, keyFile, password))
                        : ofStore(file, password);
        for (Identity one : found) {
            one.check();
        }
        return found;
    }

    static byte[] content(Path file) throws UnusableException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw UnusableException.unreadable(file, e);
        }
    }

    private static Identity ofPem(Path file, Path keyFile, String password)
            throws UnusableException {
        List<X509Certificate> chain = PemFile.read(file, password).certificates();
        if (chain.isEmpty()) {
            throw new UnusableException("a file with a certificate: '" + file + "' has none");
        }
        PrivateKey key = PemFile.read(keyFile, password).key();
        if (key == null) {
            throw new UnusableException(
                    "a certificate whose key is in the same file or in tlsKey: '"
                            + keyFile
                            + "' has no PRIVATE KEY");
        }
        return new Identity(file, key, chain);
    }

    private static List<Identity> ofStore(Path file, String password) throws UnusableException {
        List<Identity> found = new ArrayList<>();
        try {
            char[] secret = password.toCharArray();
            KeyStore store = KeyStore.getInstance(file.toFile(), secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)
                        && store.getKey(alias, secret) instanceof PrivateKey key) {
                    Certificate[] chain = store.getCertificateChain(alias);
                    found.add(
                            new Identity(
                                    file,
                                    key,
                                    Arrays.stream(chain)
                                            .map(X509Certificate.class::cast)
                                            .toList()));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw UnusableException.broken(file, e);
        }
        if (found.isEmpty()) {
            throw new UnusableException("a store with a key: '" + file + "' has none");
        }
        return found;
    }

    /** A key of another certificate would fail every handshake. */
    private void check() throws UnusableException {
        String kind = key.getAlgorithm();
        String algorithm =
                switch (kind) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> kind;
                };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            signer.initVerify(chain.get(0).getPublicKey());
            signer.update(PROBE);
            if (signer.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // of another kind: as below
        }
        throw new UnusableException(
                "a certificate with its own key: the key given for '" + file + "' is another's");
    }
}
