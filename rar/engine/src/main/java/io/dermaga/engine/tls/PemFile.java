package io.dermaga.engine.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a PEM file holds (RFC 7468); text between the blocks is ignored.
 *
 * @param certificates in the order of the file
 * @param crls lists of revoked certificates
 * @param key the first private key; null if there is none
 */
record PemFile(List<X509Certificate> certificates, List<X509CRL> crls, @Nullable PrivateKey key) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    /** Whether a file looks like one. */
    static boolean is(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    /**
     * Reads a file.
     *
     * @param password of an encrypted key
     * @throws UnusableException if it cannot be used
     */
    static PemFile read(Path file, String password) throws UnusableException {
        try {
            return parse(Files.readAllBytes(file), password);
        } catch (IOException e) {
            throw UnusableException.unreadable(file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw UnusableException.broken(file, e);
        }
    }

    private static PemFile parse(byte[] content, String password)
            throws GeneralSecurityException, IOException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        List<X509CRL> crls = new ArrayList<>();
        PrivateKey key = null;
        Matcher blocks = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (blocks.find()) {
            String label = blocks.group(1);
            if (label.endsWith("PRIVATE KEY")) {
                key = key == null ? key(label, blocks.group(2), password) : key;
            } else if (label.equals("CERTIFICATE") || label.equals("TRUSTED CERTIFICATE")) {
                certificates.add(
                        (X509Certificate) factory.generateCertificate(stream(blocks.group(2))));
            } else if (label.equals("X509 CRL")) {
                crls.add((X509CRL) factory.generateCRL(stream(blocks.group(2))));
            }
        }
        return new PemFile(List.copyOf(certificates), List.copyOf(crls), key);
    }

    private static ByteArrayInputStream stream(String base64) {
        return new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64));
    }

    private static PrivateKey key(String label, String base64, String password)
            throws GeneralSecurityException, IOException {
        byte[] content = Base64.getMimeDecoder().decode(base64);
        return switch (label) {
            case "PRIVATE KEY" -> key(new PKCS8EncodedKeySpec(content));
            case "ENCRYPTED PRIVATE KEY" -> key(decrypt(content, password));
            default ->
                    throw new InvalidKeyException(
                            "its key has the old form '"
                                    + label
                                    + "'; 'openssl pkcs8 -topk8 -in OLD -out NEW' makes a PKCS#8 key");
        };
    }

    private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // the next kind
            }
        }
        throw new InvalidKeySpecException("its key is none of " + KEY_KINDS);
    }

    private static PKCS8EncodedKeySpec decrypt(byte[] encrypted, String password)
            throws GeneralSecurityException, IOException {
        if (password.isEmpty()) {
            throw new InvalidKeyException("its key is encrypted and tlsPassword is not given");
        }
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
        // PBES2 (RFC 8018) names its parts in the parameters
        String algorithm =
                info.getAlgParameters() == null
                        ? info.getAlgName()
                        : String.valueOf(info.getAlgParameters());
        String name = algorithm.startsWith("PBE") ? algorithm : info.getAlgName();
        Key secret =
                SecretKeyFactory.getInstance(name)
                        .generateSecret(new PBEKeySpec(password.toCharArray()));
        Cipher cipher = Cipher.getInstance(name);
        cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
        return info.getKeySpec(cipher);
    }
}
