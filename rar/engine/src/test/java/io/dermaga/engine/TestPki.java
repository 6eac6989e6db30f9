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
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** An authority with what it has issued, and clients that trust it. */
final class TestPki {

    static final String SECRET = "correct horse";

    private final Path directory;
    private final X509Bundle authority;

    TestPki(Path directory) throws Exception {
        this.directory = directory;
        this.authority =
                new CertificateBuilder()
                        .subject("CN=Test authority")
                        .setIsCertificateAuthority(true)
                        .ecp256()
                        .buildSelfSigned();
        Files.writeString(directory.resolve("ca.pem"), authority.getCertificatePEM());
    }

    Path authorityFile() {
        return directory.resolve("ca.pem");
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
