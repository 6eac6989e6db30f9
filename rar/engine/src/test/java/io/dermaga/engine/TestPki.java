package io.dermaga.engine;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority with what it has issued, and clients that trust it. */
final class TestPki {

    static final String SECRET = "correct horse";

    private final Path directory;
    private final Path authorityFile;
    private final X509Bundle authority;

    TestPki(Path directory, String name) throws Exception {
        this.directory = directory;
        this.authorityFile = directory.resolve(name + ".pem");
        this.authority =
                new CertificateBuilder()
                        .subject("CN=" + name)
                        .setIsCertificateAuthority(true)
                        .ecp256()
                        .buildSelfSigned();
        Files.writeString(authorityFile, authority.getCertificatePEM());
    }

    Path authorityFile() {
        return authorityFile;
    }

    X509Bundle authority() {
        return authority;
    }

    X509Bundle issue(String name) throws Exception {
        return issue(name, builder -> {});
    }

    X509Bundle issue(String name, Consumer<CertificateBuilder> more) throws Exception {
        CertificateBuilder builder =
                new CertificateBuilder()
                        .subject("CN=" + name)
                        .addSanDnsName(name)
                        .notBefore(Instant.now().minus(Duration.ofDays(1)))
                        .notAfter(Instant.now().plus(Duration.ofDays(300)))
                        .ecp256();
        more.accept(builder);
        return builder.buildIssuedBy(authority);
    }

    /** Certificate and key in one PEM file, put there at once. */
    Path combined(String file, X509Bundle bundle) throws IOException {
        return write(file, bundle.getCertificatePathPEM() + bundle.getPrivateKeyPEM());
    }

    Path write(String file, String content) throws IOException {
        Path fresh = Files.writeString(directory.resolve(file + ".new"), content);
        return Files.move(
                fresh,
                directory.resolve(file),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /** A list of revoked certificates, in DER form. */
    @SuppressWarnings("JavaUtilDate") // as the builder wants it
    Path revoked(String file, X509Bundle... revoked) throws Exception {
        Date now = new Date();
        X509v2CRLBuilder list =
                new JcaX509v2CRLBuilder(authority.getCertificate().getSubjectX500Principal(), now);
        list.setNextUpdate(Date.from(now.toInstant().plus(Duration.ofDays(1))));
        for (X509Bundle one : revoked) {
            list.addCRLEntry(one.getCertificate().getSerialNumber(), now, CRLReason.keyCompromise);
        }
        ContentSigner signer =
                new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(authority.getKeyPair().getPrivate());
        return Files.write(directory.resolve(file), list.build(signer).getEncoded());
    }

    /** A store of the given type. */
    Path store(String file, String type, X509Bundle bundle) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setKeyEntry(
                "one",
                bundle.getKeyPair().getPrivate(),
                SECRET.toCharArray(),
                bundle.getCertificatePath());
        Path path = directory.resolve(file);
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, SECRET.toCharArray());
        }
        return path;
    }

    Client client() {
        return new Client();
    }

    /** Draft of a connection. */
    final class Client {

        private @Nullable X509Bundle identity;
        private String protocol = "TLSv1.3";
        private @Nullable String serverName;
        private List<String> applicationProtocols = List.of();

        Client identity(X509Bundle bundle) {
            identity = bundle;
            return this;
        }

        Client protocol(String name) {
            protocol = name;
            return this;
        }

        Client serverName(String name) {
            serverName = name;
            return this;
        }

        Client applicationProtocols(String... names) {
            applicationProtocols = List.of(names);
            return this;
        }

        /** Connects and completes the handshake. */
        SSLSocket connect(int port) throws Exception {
            return over(new Socket(InetAddress.getLoopbackAddress(), port));
        }

        /** Completes the handshake on a connection in plain text. */
        SSLSocket over(Socket plain) throws Exception {
            plain.setSoTimeout(30_000);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), new TrustManager[] {authority.toTrustManager()}, null);
            SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, "localhost", plain.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {protocol});
            if (serverName != null) {
                parameters.setServerNames(List.of(new SNIHostName(serverName)));
            }
            parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
            socket.setSSLParameters(parameters);
            try {
                socket.startHandshake();
            } catch (IOException e) {
                plain.close();
                throw e;
            }
            return socket;
        }

        private KeyManager @Nullable [] keys() throws Exception {
            if (identity == null) {
                return null;
            }
            KeyManagerFactory factory = identity.toKeyManagerFactory();
            return factory.getKeyManagers();
        }
    }
}
