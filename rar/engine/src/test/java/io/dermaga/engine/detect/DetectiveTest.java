package io.dermaga.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.engine.framing.Example;
import io.dermaga.engine.framing.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of first bytes. */
class DetectiveTest {

    private static final InetAddress PEER = InetAddress.getLoopbackAddress();
    private static final int ROUNDS = 5_000;

    private static Detective expecting(String framing, Encryption encryption) {
        return new Detective(
                Framing.parse(framing, false, DetectiveTest.class.getClassLoader()), encryption);
    }

    private static Detective expecting(String framing) {
        return expecting(framing, Encryption.OFF);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Optional<Suspicion> atOnce(Detective detective, byte[] head) {
        return detective.atOnce(Unpooled.wrappedBuffer(head), PEER);
    }

    private static Optional<Suspicion> afterFault(Detective detective, byte[] head) {
        return detective.afterFault(Unpooled.wrappedBuffer(head), head.length, PEER);
    }

    /** Recordings with framings that are not theirs. */
    static Stream<Arguments> strangers() {
        return Recording.all()
                .flatMap(
                        recording ->
                                Stream.of("eof", "lines", "mllp", "length(4)", "json", "fix")
                                        .map(framing -> Arguments.of(recording, framing)));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void the_opening_of_a_real_client_is_named_after_a_fault(Recording recording, String framing) {
        assertThat(afterFault(expecting(framing), recording.bytes()))
                .contains(new Suspicion(recording.protocol(), recording.cure()));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void only_an_opening_that_is_unmistakable_is_named_at_once(
            Recording recording, String framing) {
        Optional<Suspicion> suspicion = atOnce(expecting(framing), recording.bytes());
        boolean waits = framing.equals("eof") && recording.file().equals("echoscu");
        if (recording.atOnce() || waits) {
            assertThat(suspicion).map(Suspicion::protocol).contains(recording.protocol());
            assertThat(suspicion.orElseThrow().cure()).endsWith(recording.cure());
        } else {
            assertThat(suspicion).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.dermaga.engine.detect.Recording#all")
    void an_opening_that_is_cut_anywhere_is_named_right_or_not_at_all(Recording recording) {
        String family = recording.protocol().replaceFirst("[ /].*", "");
        byte[] bytes = recording.bytes();
        for (int end = 1; end <= bytes.length; end++) {
            byte[] head = Arrays.copyOf(bytes, end);
            assertThat(
                            Stream.of(
                                            atOnce(expecting("lines"), head),
                                            afterFault(expecting("mllp"), head))
                                    .flatMap(Optional::stream))
                    .allMatch(suspicion -> suspicion.protocol().startsWith(family));
        }
    }

    @ParameterizedTest
    @MethodSource("io.dermaga.engine.framing.Example#all")
    void the_beginning_of_a_valid_stream_raises_no_suspicion_however_it_is_cut(Example example) {
        Detective detective = expecting(example.framing());
        for (int end = 1; end <= example.bytes().length; end++) {
            assertThat(atOnce(detective, Arrays.copyOf(example.bytes(), end))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eof", "lines", "mllp", "length(2)", "iso8583(nac)", "auto(mllp,nul)"})
    void random_bytes_raise_no_suspicion(String framing) {
        Random random = new Random(20_260_802);
        Detective detective = expecting(framing);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] head = new byte[random.nextInt(1, 300)];
            random.nextBytes(head);
            assertThat(atOnce(detective, head)).isEmpty();
            assertThat(afterFault(detective, head)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.dermaga.engine.detect.Recording#all")
    void an_opening_with_broken_bytes_never_fails(Recording recording) {
        Random random = new Random(20_260_803);
        for (int round = 0; round < ROUNDS / 10; round++) {
            byte[] head = Arrays.copyOf(recording.bytes(), random.nextInt(1, 300));
            for (int i = random.nextInt(4); i >= 0; i--) {
                head[random.nextInt(head.length)] = (byte) random.nextInt(256);
            }
            ByteBuf buffer = Unpooled.wrappedBuffer(head);
            for (Encryption encryption : Encryption.values()) {
                Detective detective = expecting("lines", encryption);
                assertThat(detective.atOnce(buffer, PEER).map(Suspicion::text).orElse(""))
                        .matches("\\P{Cntrl}*");
                assertThat(detective.afterFault(buffer, 999, PEER).map(Suspicion::text).orElse(""))
                        .matches("\\P{Cntrl}*");
            }
            assertThat(buffer.readerIndex()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'\u000bMSH|^~\\&|A'; MLLP (HL7 v2); framing=mllp",
                "'\u000b<?xml'; MLLP (HL7 v3); framing=mllp-r2",
                "'MSH|^~\\&|A|B'; HL7 v2 without MLLP; framing=eof, if the peer ends the connection after each message",
                "'\u0003\0\0\u0016\u0011\u00e0\0\0\0\u0001\0\u00c1\u0002'; ISO transport (TPKT); framing=tpkt",
                "'\0\0\0!\0\0\0\u0009\0\0\0\0\0\0\0\u0001sms'; SMPP (bind); framing=smpp",
                "'\0\u000f356307042441013'; Teltonika; framing=teltonika",
                "'STOMP\naccept-version:1.2\n\n\0'; STOMP; framing=stomp",
                "'8=FIX.4.4\u00019=5\u0001'; FIX; framing=fix",
                "'8=FIXT.1.1\u00019=5\u0001'; FIX; framing=fix",
                "'$GPGLL,5300.97914,N'; NMEA 0183; framing=nmea",
                "'!AIVDM,1,1,,B,x'; NMEA 0183; framing=nmea",
                "'\u001e{\"a\":1}'; JSON text sequences; framing=json-seq",
                "'\u0002 12.5 kg\u0003'; a protocol of STX and ETX; framing=stx-etx",
                "'{\"version\":\"1.1\"}\0'; JSON, ended by NUL (GELF); framing=nul",
                "'{\"a\":1}\n{\"a\":2}\n'; JSON, ended by LF; framing=ndjson",
                "'{\n  \"a\": 1\n}\n'; JSON; framing=json",
                "'servers.a.load 1.5 1700000000\n'; Graphite; framing=graphite",
                "'00120800abcdefgh'; ISO 8583; framing=iso8583(ascii)",
                "'000c0800abcdefgh'; ISO 8583; framing=iso8583(hex)",
                "'\0\u00060800ab'; ISO 8583; framing=iso8583(nac)",
                "'\0\u000b`\0\u0001\0\0\u0008\0abcd'; ISO 8583; framing=iso8583(nac,header=5)",
                "'\0\u00080800ab'; ISO 8583; framing=iso8583(amex)",
                "'\0\u00070800ab\u0003'; ISO 8583; framing=iso8583(base24)",
                "'\0\u00120800abcdefgh'; ISO 8583; framing=iso8583(ncc)",
                "'\0\0\u00060800ab'; ISO 8583; framing=iso8583(cmf)",
                "'\0\0\0\u00060800ab'; ISO 8583; framing=iso8583(raw)",
                "'\0\u0006\0\0000800ab'; ISO 8583; framing=iso8583(vap)",
                "'\0\0\0\u0005hello'; a protocol with a length first; framing=length(4)",
                "'\0\0\0\u0009hello'; a protocol with a length first; framing=length(4,including)",
                "'\u0005\0\0\0hello'; a protocol with a length first; framing=length(4,little)"
            })
    void a_framing_is_named_after_a_fault(String head, String protocol, String setting) {
        Detective detective = expecting("delimiter('never')");
        assertThat(afterFault(detective, bytes(head)))
                .contains(new Suspicion(protocol, "it would be taken with " + setting));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\n",
                "{not json",
                "[INFO] started\n",
                "GET the milk\n",
                "<b>hi</b>\n",
                "$ 12.50\n",
                "0800",
                "\u000b",
                "\u0002",
                "PROXY and more\n",
                "SSH keys\n",
                "8=5\n",
                "POST",
                "MQTT\n",
                "*** start ***\n",
                "Modbus",
                "\u0016\u0003\u0001",
                "\u0010\u000c\0\u0004MQTT\u0007",
                "\u0001\0\0\0\0\u0005\0\u0001\0\0"
            })
    void what_could_be_anything_is_not_named(String head) {
        for (String framing : new String[] {"lines", "eof", "dicom", "auto(fix,tpkt)"}) {
            assertThat(atOnce(expecting(framing), bytes(head))).isEmpty();
            assertThat(afterFault(expecting(framing), bytes(head))).isEmpty();
        }
    }

    @Test
    void a_request_whose_line_is_not_complete_is_named_after_a_fault_only() {
        byte[] head = bytes("GET /a");
        assertThat(atOnce(expecting("lines"), head)).isEmpty();
        assertThat(afterFault(expecting("mllp"), head)).map(Suspicion::protocol).contains("HTTP");
    }

    @Test
    void what_a_framing_takes_nevertheless_is_a_hint() {
        assertThat(atOnce(expecting("lines"), Recording.bytes("curl-http")))
                .map(Suspicion::text)
                .contains(
                        "seems to speak HTTP/1.1 (GET /health); framing 'lines' takes it as it is; if that is not meant, no setting takes it: the peer means a web server; a health check should only connect");
    }

    @Test
    void a_class_of_the_application_may_speak_any_protocol() {
        Detective detective = expecting("custom(io.dermaga.engine.framing.Telegram)");
        assertThat(atOnce(detective, Recording.bytes("redis-cli"))).isEmpty();
        assertThat(afterFault(detective, Recording.bytes("redis-cli"))).isPresent();
    }

    @Test
    void the_framing_that_is_expected_is_never_suspected() {
        assertThat(afterFault(expecting("mllp"), bytes("\u000bMSH|^~\\&|A"))).isEmpty();
        assertThat(afterFault(expecting("iso8583(nac)"), bytes("\0\u00060800ab"))).isEmpty();
        assertThat(afterFault(expecting("length(4)"), bytes("\0\0\0\u0005hello"))).isEmpty();
        assertThat(atOnce(expecting("auto(mllp,eof)"), bytes("\u000bMSH|"))).isEmpty();
    }

    @Test
    void json_that_nul_ends_is_named_where_json_is_expected() {
        assertThat(afterFault(expecting("ndjson"), bytes("{\"a\":1}\0")))
                .map(Suspicion::cure)
                .contains("it would be taken with framing=nul");
    }

    @Test
    void what_the_peer_sends_is_escaped_and_cut() {
        assertThat(
                        atOnce(
                                expecting("mllp"),
                                bytes("GET /\u001b[31m" + "x".repeat(90) + " HTTP/1.1\r\n")))
                .map(Suspicion::protocol)
                .hasValueSatisfying(
                        protocol ->
                                assertThat(protocol)
                                        .startsWith("HTTP/1.1 (GET /\\u001b[31mx")
                                        .endsWith("x…)")
                                        .hasSizeLessThan(90));
    }

    @ParameterizedTest
    @CsvSource({
        "curl-http, 'HTTP/1.1 (GET /health)', no setting takes it",
        "curl-haproxy-v1, 'PROXY protocol, version 1', proxyFrom=127.0.0.1/32",
        "logger, 'framing ''syslog'' without TLS', tls=OPTIONAL or tls=OFF",
        "curl-telnet, a protocol without TLS, tls=OPTIONAL or tls=OFF"
    })
    void plain_bytes_are_named_where_tls_is_required(String file, String protocol, String cure) {
        Detective detective = expecting("syslog", Encryption.REQUIRED);
        assertThat(atOnce(detective, Recording.bytes(file)))
                .hasValueSatisfying(
                        suspicion -> {
                            assertThat(suspicion.protocol()).isEqualTo(protocol);
                            assertThat(suspicion.cure()).contains(cure);
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "OFF, false, true",
        "OPTIONAL, false, false",
        "REQUIRED, true, false",
        "STARTTLS, false, true"
    })
    void what_is_expected_of_encryption_decides_what_is_suspicious(
            Encryption encryption, boolean plain, boolean tls) {
        Detective detective = expecting("lines", encryption);
        byte[] hello = Recording.bytes("openssl-s_client");
        assertThat(atOnce(detective, bytes("hello\n")).isPresent()).isEqualTo(plain);
        assertThat(atOnce(detective, hello).isPresent()).isEqualTo(tls);
        assertThat(atOnce(detective, Arrays.copyOf(hello, 3))).isEmpty();
    }
}
