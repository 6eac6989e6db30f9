package io.dermaga.bench.attacks;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/** An authority, the file with the target's certificate, and clients that trust it. */
final class Pki {

    private final Path file;
    private final X509Bundle authority;

    /** Issues the first certificate. */
    Pki(Path directory) throws Exception {
        Files.createDirectories(directory);
        file = directory.resolve("target.pem");
        authority =
                new CertificateBuilder()
                        .subject("CN=authority")
                        .setIsCertificateAuthority(true)
                        .ecp256()
                        .buildSelfSigned();
        replace();
    }

    Path file() {
        return file;
    }

    /** Puts a new certificate with a new key into the file, at once. */
    BigInteger replace() throws Exception {
        X509Bundle bundle =
                new CertificateBuilder()
                        .subject("CN=localhost")
                        .addSanDnsName("localhost")
                        .notBefore(Instant.now().minus(Duration.ofDays(1)))
                        .notAfter(Instant.now().plus(Duration.ofDays(300)))
                        .ecp256()
                        .buildIssuedBy(authority);
        return write(bundle);
    }

    private BigInteger write(X509Bundle bundle) throws IOException {
        Path fresh = file.resolveSibling("target.pem.new");
        Files.writeString(fresh, bundle.getCertificatePathPEM() + bundle.getPrivateKeyPEM());
        Files.move(
                fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return bundle.getCertificate().getSerialNumber();
    }

    /** A client of its own: nothing is resumed. */
    SSLContext client() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {authority.toTrustManager()}, null);
        return context;
    }

    /** The first message of a handshake. */
    ByteBuffer clientHello() throws GeneralSecurityException, SSLException {
        SSLEngine engine = client().createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        hello.flip();
        return ByteBuffer.allocateDirect(hello.remaining()).put(hello).flip();
    }
}
