package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingsException;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with certificates and keys: the forms that are taken, and what is said of others. */
class TlsFilesTest {

    private static TestPki pki;
    private static X509Bundle bundle;
    private static Path directory;

    @BeforeAll
    static void issue(@TempDir Path at) throws Exception {
        directory = at;
        pki = new TestPki(at, "authority");
        bundle = pki.issue("localhost", builder -> builder.rsa2048());
    }

    private static void isServed(Map<Setting, Object> settings) throws Exception {
        EngineUnderTest.Draft draft = EngineUnderTest.draft().set(Setting.TLS, "REQUIRED");
        settings.forEach(draft::set);
        try (EngineUnderTest engine = draft.start();
                SSLSocket socket = pki.client().connect(engine.port())) {
            assertThat(socket.getSession().getPeerCertificates()[0])
                    .isEqualTo(bundle.getCertificate());
        }
    }

    private static List<String> problems(Map<Setting, Object> settings) {
        EngineUnderTest.Draft draft = EngineUnderTest.draft().set(Setting.TLS, "REQUIRED");
        settings.forEach(draft::set);
        return Objects.requireNonNull(
                        catchThrowableOfType(SettingsException.class, () -> draft.begin().close()))
                .problems();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void a_store_is_read(String type) throws Exception {
        Path store = pki.store("server." + type, type, bundle);
        isServed(Map.of(Setting.TLS_CERTIFICATE, store, Setting.TLS_PASSWORD, TestPki.SECRET));
    }

    @Test
    void certificate_and_key_in_two_files_are_read() throws Exception {
        Path certificate = pki.write("cert.pem", bundle.getCertificatePathPEM());
        Path key = pki.write("key.pem", bundle.getPrivateKeyPEM());
        isServed(Map.of(Setting.TLS_CERTIFICATE, certificate, Setting.TLS_KEY, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v2 aes-256-cbc", "-v1 PBE-SHA1-3DES"})
    void an_encrypted_key_of_openssl_is_read(String form) throws Exception {
        Path plain = pki.write("plain.pem", bundle.getPrivateKeyPEM());
        Path encrypted = directory.resolve("encrypted.pem");
        Openssl.run(
                ("pkcs8 -topk8 " + form + " -in " + plain + " -out " + encrypted).split(" "),
                "-passout",
                "pass:" + TestPki.SECRET);
        Path certificate = pki.write("cert2.pem", bundle.getCertificatePathPEM());
        isServed(
                Map.of(
                        Setting.TLS_CERTIFICATE, certificate,
                        Setting.TLS_KEY, encrypted,
                        Setting.TLS_PASSWORD, TestPki.SECRET));

        assertThat(
                        problems(
                                Map.of(
                                        Setting.TLS_CERTIFICATE, certificate,
                                        Setting.TLS_KEY, encrypted)))
                .singleElement()
                .asString()
                .contains("encrypted and tlsPassword is not given");
    }

    @Test
    void every_problem_with_files_is_said_at_once() throws Exception {
        X509Bundle other = pki.issue("other", builder -> builder.rsa2048());
        Path mixed =
                pki.write("mixed.pem", bundle.getCertificatePathPEM() + other.getPrivateKeyPEM());
        Path empty = Files.writeString(directory.resolve("empty.pem"), "", StandardCharsets.UTF_8);
        assertThat(
                        problems(
                                Map.of(
                                        Setting.TLS_CERTIFICATE,
                                        mixed,
                                        Setting.TLS_CLIENT_AUTH,
                                        "WANT",
                                        Setting.TLS_TRUST,
                                        directory.resolve("absent.pem"),
                                        Setting.TLS_REVOCATION,
                                        "CRL",
                                        Setting.TLS_CRL,
                                        empty,
                                        Setting.TLS_CIPHERS,
                                        "TLS_RSA_WITH_NULL_SHA")))
                .hasSize(4)
                .anyMatch(one -> has(one, "tlsCertificate", "mixed.pem", "is another's"))
                .anyMatch(one -> has(one, "tlsTrust", "absent.pem", "does not exist"))
                .anyMatch(one -> has(one, "tlsCrl", "empty.pem"))
                .anyMatch(one -> has(one, "tlsCiphers", "TLS_AES_256_GCM_SHA384"));
    }

    @Test
    void a_password_is_never_shown() throws Exception {
        Path store = pki.store("secret.p12", "PKCS12", bundle);
        assertThat(
                        problems(
                                Map.of(
                                        Setting.TLS_CERTIFICATE,
                                        store,
                                        Setting.TLS_PASSWORD,
                                        "wrong horse")))
                .singleElement()
                .asString()
                .contains("secret.p12")
                .doesNotContain("wrong horse");
        try (EngineUnderTest engine =
                EngineUnderTest.draft()
                        .set(Setting.TLS, "REQUIRED")
                        .set(Setting.TLS_CERTIFICATE, store)
                        .set(Setting.TLS_PASSWORD, TestPki.SECRET)
                        .start()) {
            assertThat(engine.listener().settings().toString())
                    .contains("tlsPassword")
                    .doesNotContain(TestPki.SECRET);
        }
    }

    @Test
    void a_key_of_the_old_form_is_named_with_the_way_to_convert_it() throws IOException {
        Path old =
                pki.write(
                        "old.pem",
                        bundle.getCertificatePathPEM()
                                + "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThat(problems(Map.of(Setting.TLS_CERTIFICATE, old)))
                .singleElement()
                .asString()
                .contains("RSA PRIVATE KEY", "openssl pkcs8 -topk8");
    }

    private static boolean has(String text, String property, String... words) {
        return text.startsWith("DMG1001 property '" + property + "'")
                && List.of(words).stream().allMatch(text::contains);
    }
}
