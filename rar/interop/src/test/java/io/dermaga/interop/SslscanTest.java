package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** sslscan against a listener whose settings are the defaults, with certificates of both kinds. */
class SslscanTest {

    /** Ephemeral keys and authenticated encryption (RFC 9325, 4.2), by the names of OpenSSL. */
    private static final String SOUND =
            "TLS_(AES_(128|256)_GCM_SHA(256|384)|CHACHA20_POLY1305_SHA256)"
                    + "|ECDHE-(RSA|ECDSA)-(AES(128|256)-GCM-SHA(256|384)|CHACHA20-POLY1305)";

    private static Document report;

    @BeforeAll
    static void scan(@TempDir Path folder) throws Exception {
        Program sslscan = Program.named("sslscan");
        Authority authority = new Authority(folder, "authority");
        Path ec = authority.issue("localhost");
        Path rsa = authority.issue("rsa", "localhost", CertificateBuilder::rsa2048);
        Path file = folder.resolve("report.xml");
        try (Receiver receiver =
                Receiver.draft("lines").tls(ec + "," + rsa).answering(Receiver.Answer.NONE)) {
            sslscan.run(
                    "",
                    "--no-colour",
                    "--timeout=1", // it reads each answer up to its end or to this
                    "--show-certificates",
                    "--show-client-cas",
                    "--xml=" + file,
                    Receiver.HOST + ":" + receiver.port());
            assertThat(receiver.texts()).isEmpty();
        }
        report = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static List<Element> all(String tag) {
        NodeList found = report.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static Function<Element, String> attribute(String name) {
        return element -> element.getAttribute(name);
    }

    @Test
    void no_version_before_tls_1_2_is_spoken() {
        assertThat(all("protocol")).hasSizeGreaterThanOrEqualTo(6);
        assertThat(all("protocol"))
                .filteredOn(one -> one.getAttribute("enabled").equals("1"))
                .extracting(one -> one.getAttribute("type") + " " + one.getAttribute("version"))
                .containsExactlyInAnyOrder("tls 1.2", "tls 1.3");
    }

    @Test
    void every_suite_has_forward_secrecy_and_authenticated_encryption() {
        assertThat(all("cipher"))
                .extracting(attribute("cipher"))
                .contains(
                        "TLS_AES_256_GCM_SHA384",
                        "ECDHE-ECDSA-AES256-GCM-SHA384",
                        "ECDHE-RSA-AES256-GCM-SHA384")
                .allMatch(name -> name.matches(SOUND));
        assertThat(all("cipher"))
                .extracting(attribute("sslversion"))
                .containsOnly("TLSv1.2", "TLSv1.3");
        assertThat(all("cipher"))
                .extracting(one -> Integer.parseInt(one.getAttribute("bits")))
                .allMatch(bits -> bits >= 128);
    }

    @Test
    void every_group_has_at_least_112_bits() {
        assertThat(all("group"))
                .isNotEmpty()
                .extracting(one -> Integer.parseInt(one.getAttribute("bits")))
                .allMatch(bits -> bits >= 112);
        assertThat(all("cipher"))
                .filteredOn(one -> one.hasAttribute("dhebits"))
                .allMatch(one -> Integer.parseInt(one.getAttribute("dhebits")) >= 2048);
    }

    @Test
    void there_is_no_renegotiation() {
        assertThat(all("renegotiation")).isNotEmpty();
        assertThat(all("renegotiation")).extracting(attribute("supported")).containsOnly("0");
    }

    @Test
    void no_memory_leaks_by_heartbeats() {
        assertThat(all("heartbleed")).isNotEmpty();
        assertThat(all("heartbleed")).extracting(attribute("vulnerable")).containsOnly("0");
    }
}
