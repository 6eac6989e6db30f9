package io.dermaga.interop;

import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An authority and what it has issued, as PEM files with a certificate, its chain and its key,
 * which all programs read; and {@code openssl ocsp} as its responder.
 */
final class Authority {

    /** What the responder knows of a certificate (ca(1ssl), the format of the index). */
    enum Status {
        GOOD("V\t491231235959Z\t"),
        REVOKED("R\t491231235959Z\t240101000000Z,keyCompromise");

        private final String columns;

        Status(String columns) {
            this.columns = columns;
        }
    }

    private static final Pattern ACCEPTS = Pattern.compile("ACCEPT .*:([0-9]+) PID");

    private final Path folder;
    private final X509Bundle bundle;
    private final Path index;

    Authority(Path folder, String name) throws Exception {
        this.folder = folder;
        this.bundle =
                new CertificateBuilder()
                        .subject("CN=" + name)
                        .setIsCertificateAuthority(true)
                        .ecp256()
                        .buildSelfSigned();
        this.index = folder.resolve(name + ".index");
        Files.writeString(index, "");
        Files.writeString(file(), bundle.getCertificatePEM() + bundle.getPrivateKeyPEM());
    }

    private static String name(X509Bundle bundle) {
        return bundle.getCertificate().getSubjectX500Principal().getName().replaceFirst("^CN=", "");
    }

    /** Its own certificate, with its key. */
    Path file() {
        return folder.resolve(name(bundle) + ".pem");
    }

    /** A certificate for the name, with a key on the curve P-256. */
    Path issue(String name) throws Exception {
        return issue(name, name, CertificateBuilder::ecp256);
    }

    /** A certificate for the name, in a file of another. */
    Path issue(String file, String name, UnaryOperator<CertificateBuilder> more) throws Exception {
        CertificateBuilder builder =
                new CertificateBuilder()
                        .subject("CN=" + name)
                        .addSanDnsName(name)
                        .notBefore(Instant.now().minus(Duration.ofDays(1)))
                        .notAfter(Instant.now().plus(Duration.ofDays(300)));
        X509Bundle issued = more.apply(builder).buildIssuedBy(bundle);
        return Files.writeString(
                folder.resolve(file + ".pem"),
                issued.getCertificatePEM()
                        + bundle.getCertificatePEM()
                        + issued.getPrivateKeyPEM());
    }

    /** A certificate with the given number, which the responder at the port is asked about. */
    Path issue(String name, int number, int responderPort) throws Exception {
        byte[] where = responder("http://" + Receiver.HOST + ":" + responderPort + "/");
        return issue(
                name,
                name,
                builder ->
                        builder.ecp256()
                                .serial(BigInteger.valueOf(number))
                                .addExtensionOctetString("1.3.6.1.5.5.7.1.1", false, where));
    }

    /**
     * Authority information access: the method OCSP and its address (RFC 5280, 4.2.2.1), in DER.
     */
    private static byte[] responder(String url) throws IOException {
        byte[] address = url.getBytes(StandardCharsets.US_ASCII);
        byte[] ocsp = {6, 8, 0x2b, 6, 1, 5, 5, 7, 0x30, 1};
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        int description = ocsp.length + 2 + address.length;
        der.write(new byte[] {0x30, (byte) (2 + description), 0x30, (byte) description});
        der.write(ocsp);
        der.write(new byte[] {(byte) 0x86, (byte) address.length});
        der.write(address);
        return der.toByteArray();
    }

    /** What its responder says from the next start on of the certificate with the number. */
    void state(int number, Status status) throws IOException {
        String line = "%s\t%08X\tunknown\t/CN=%d%n".formatted(status.columns, number, number);
        Files.writeString(index, Files.readString(index) + line);
    }

    /** Starts {@code openssl ocsp} on a free port. */
    Running respond() throws Exception {
        return new Running(
                Program.named("openssl"),
                "ocsp",
                "-port",
                0,
                "-index",
                index,
                "-CA",
                file(),
                "-rsigner",
                file(),
                "-rkey",
                file());
    }

    /** The port of a responder that was started. */
    static int port(Running responder) {
        await().until(() -> ACCEPTS.matcher(responder.printed()).find());
        Matcher found = ACCEPTS.matcher(responder.printed());
        if (!found.find()) {
            throw new IllegalStateException(responder.printed());
        }
        return Integer.parseInt(found.group(1));
    }
}
