package io.dermaga.engine.tls;

import io.dermaga.engine.settings.Revocation;
import io.dermaga.engine.settings.TlsSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;

/** Decides which certificates of peers are trusted (RFC 5280). */
final class Trust {

    private Trust() {}

    /** By the authorities in the files, and what is known of revoked certificates. */
    static TrustManagerFactory of(TlsSettings settings)
            throws UnusableException, GeneralSecurityException, IOException {
        PKIXBuilderParameters parameters =
                new PKIXBuilderParameters(authorities(settings), new X509CertSelector());
        parameters.setRevocationEnabled(false);
        if (settings.revocation() != Revocation.NONE) {
            parameters.addCertPathChecker(checker(settings.revocation()));
            parameters.addCertStore(
                    CertStore.getInstance(
                            "Collection",
                            new CollectionCertStoreParameters(lists(settings.crls()))));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory;
    }

    /** Those that are trusted. */
    static KeyStore authorities(TlsSettings settings)
            throws UnusableException, GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        for (Path file : settings.trust()) {
            for (X509Certificate certificate : authorities(file, settings.trustPassword())) {
                anchors.setCertificateEntry("authority-" + anchors.size(), certificate);
            }
        }
        return anchors;
    }

    private static PKIXRevocationChecker checker(Revocation revocation)
            throws GeneralSecurityException {
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        Set<Option> options = EnumSet.of(Option.NO_FALLBACK);
        if (revocation == Revocation.CRL) {
            options.add(Option.PREFER_CRLS);
        } else if (revocation == Revocation.OCSP_SOFT) {
            options.add(Option.SOFT_FAIL);
        }
        checker.setOptions(options);
        return checker;
    }

    private static List<X509Certificate> authorities(Path file, String password)
            throws UnusableException {
        List<X509Certificate> found =
                PemFile.is(Identity.content(file))
                        ? PemFile.read(file, "").certificates()
                        : ofStore(file, password);
        if (found.isEmpty()) {
            throw new UnusableException("a file with a certificate: '" + file + "' has none");
        }
        return found;
    }

    private static List<X509Certificate> ofStore(Path file, String password)
            throws UnusableException {
        List<X509Certificate> found = new ArrayList<>();
        try {
            KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                    found.add(certificate);
                }
            }
            return found;
        } catch (IOException | GeneralSecurityException e) {
            throw UnusableException.broken(file, e);
        }
    }

    /** Lists of revoked certificates, in PEM or DER form. */
    static List<X509CRL> lists(List<Path> files) throws UnusableException {
        List<X509CRL> lists = new ArrayList<>();
        for (Path file : files) {
            byte[] content = Identity.content(file);
            int before = lists.size();
            if (PemFile.is(content)) {
                lists.addAll(PemFile.read(file, "").crls());
            } else {
                try {
                    CertificateFactory factory = CertificateFactory.getInstance("X.509");
                    lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(content)));
                } catch (GeneralSecurityException e) {
                    throw UnusableException.broken(file, e);
                }
            }
            if (lists.size() == before) {
                throw new UnusableException(
                        "a file with a list of revoked certificates: '" + file + "' has none");
            }
        }
        return lists;
    }
}
