package io.dermaga.engine.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.api.CloseReason;
import io.dermaga.engine.framing.LostBytes.Kind;
import io.dermaga.engine.settings.OnOversize;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that do not follow their framing. */
class FaultsTest {

    private static final int[] STEPS = {1, 2, 5, 1000};
    private static final FramingOptions OPTIONS = AssemblyUnderTest.options(1000, OnOversize.CLOSE);
    private static final String NINES = "9".repeat(8);

    private static AssemblyUnderTest inSteps(AssemblyUnderTest assembly, String stream, int step)
            throws FramingException {
        for (int at = 0; at < stream.length(); at += step) {
            assembly.read(stream.substring(at, Math.min(stream.length(), at + step)));
        }
        return assembly;
    }

    private static Arguments fault(String framing, String stream, long offset, String expected) {
        return Arguments.of(framing, stream, offset, expected);
    }

    /** Framing, stream, offset of the wrong byte, what is expected instead. */
    static Stream<Arguments> faults() {
        String fix = Example.fix("35=0\u0001");
        return Stream.of(
                fault("length(2,adjust=-3)", "\0\u0003\0\u0002", 3, "a length from 3 on, given 2"),
                fault("length(8,little)", "\u0001\0\0\0\0\0\0\u0080", 7, "a length from 0 to"),
                fault("length(3,ascii)", "002ab0x1", 7, "a length in 3 digits"),
                fault("length(3,ascii)", "-01", 2, "a length in 3 digits"),
                fault("length(2,hex)", "0g", 1, "a length in 2 hex digits"),
                fault("length(2,bcd)", "\0\u001a", 1, "a length of 4 digits in BCD"),
                fault("stx-etx", "\u0002a\u0003x\u0002", 3, "the start byte 02"),
                fault("mllp", "MSH|", 0, "the start byte 0b"),
                fault("mllp", "\u000ba\u001c\r\n", 4, "the start byte 0b"),
                fault("mllp", "\u000ba\u001cb", 3, "0d after the end byte 1c"),
                fault("mllp", "\u000ba\u000bb", 2, "no start byte 0b in a block"),
                fault("syslog", "<1>a\nhello", 5, "a digit or '<'"),
                fault("syslog", "12x", 2, "a length of at most 10 digits"),
                fault("syslog", "12345678901 ", 10, "a length of at most 10 digits"),
                fault("syslog(octet-counting)", "<1>a\n", 0, "the length of a message"),
                fault("syslog(non-transparent)", "3 <1>", 0, "'<' at the beginning"),
                fault("json", "{} ,", 3, "the beginning of a JSON text"),
                fault("iso8583(ascii)", "00x4", 3, "a length in 4 digits"),
                fault("iso8583(ascii)", "-001", 3, "a length in 4 digits"),
                fault("iso8583(ncc)", "\0\u00a0", 1, "a length of 4 digits in BCD"),
                fault("iso8583(amex)", "\0\u0001", 1, "a length from 2 on, given 1"),
                fault("iso8583(vap)", "\0\u0001\0\u0001", 3, "zero beside the length"),
                fault("iso8583(gicc)", "\u0001\0\0\u0001", 3, "zero beside the length"),
                fault("iso8583(nac,header=5)", "\0\u0004", 1, "5 bytes or more"),
                fault("dicom", "\0\0\0\0\0\0", 5, "a PDU type from 1 to 7, given 0"),
                fault("dicom", "\u0008\0\0\0\0\0", 5, "a PDU type from 1 to 7, given 8"),
                fault("modbus", "\0\u0001\u0001\0\0\u0002", 5, "protocol identifier 0, given 256"),
                fault("modbus", "\0\u0001\0\0\0\u0001", 5, "a length from 2 to 254, given 1"),
                fault("modbus", "\0\u0001\0\0\u0001\0", 5, "a length from 2 to 254, given 256"),
                fault("tpkt", "\u0004\0\0\u0007", 3, "TPKT version 3, given 4"),
                fault("tpkt", "\u0003\0\0\u0006", 3, "a length from 7 on, given 6"),
                fault("stomp", "send\n", 0, "a command in upper case"),
                fault("stomp", "SEND\0", 4, "a blank line after the headers"),
                fault("stomp", "SEND\ncontent-length:-1\n", 20, "digits, at most 18"),
                fault("stomp", "SEND\ncontent-length:" + NINES.repeat(3), 38, "digits, at most 18"),
                fault("stomp", "SEND\ncontent-length:1\n\nab", 24, "NUL after the body"),
                fault("fix", "8=FIX.4.4\u00019=x", 12, "at most 9 digits"),
                fault("fix", "8=FIX.4.4\u00019=0\u0001", 13, "a body of at least one byte"),
                fault("fix", "8=FIX.4.4\u00019=-1\u0001", 12, "at most 9 digits"),
                fault("fix", "8=FIX.4.4.and.more.than.this\u0001", 21, "SOH after the version"),
                fault("fix", fix + "9=1", fix.length(), "tag 8=FIX"),
                fault("fix", fix.replace("9=5", "9=4"), 18, "tag 10="),
                fault("smpp", "\0\0\0\u000f", 3, "a length from 16 on, given 15"),
                fault("smpp", "\0\0\0\0", 3, "a length from 16 on, given 0"),
                fault("teltonika", "\0\u0010", 1, "an IMEI of 15 digits"),
                fault("teltonika", "\0\u000f12345678901234x", 16, "an IMEI of 15 digits"),
                fault("teltonika", imei() + "\0\0\0\u0001", 20, "four bytes of zero"),
                fault("teltonika", imei() + "\0\0\0\0\0\0\0\0", 24, "a length from 1 on"),
                fault("auto(mllp,stomp)", "GET / HTTP/1.1", 0, "the beginning of one of"),
                fault("auto(mllp,stomp)", "CONMAN", 0, "the beginning of one of"));
    }

    private static String imei() {
        return "\0\u000f123456789012345";
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fault_tells_its_place_and_what_was_expected(
            String framing, String stream, long offset, String expected) {
        String place = framing.startsWith("auto") ? "" : offset + " ";
        for (int step : STEPS) {
            try (AssemblyUnderTest assembly =
                    new AssemblyUnderTest(new Example(framing, stream), OPTIONS)) {
                assertThatThrownBy(() -> inSteps(assembly, stream, step))
                        .isInstanceOfSatisfying(
                                FramingException.class,
                                e -> assertThat(e.reason()).isEqualTo(CloseReason.FRAMING_ERROR))
                        .hasMessageStartingWith("DMG2104 byte " + place)
                        .hasMessageContaining(" does not follow framing '" + framing + "'")
                        .hasMessageContaining("expected " + expected)
                        .hasMessageContaining("[");
            }
        }
    }

    private static Arguments survives(
            String framing, String stream, Kind kind, String told, String... payloads) {
        return Arguments.of(framing, stream, kind, told, List.of(payloads));
    }

    /** Framing, stream, kind of loss, what is told, payloads. */
    static Stream<Arguments> survivors() {
        String good = Example.fix("35=0\u0001");
        String garbled =
                Example.fix("35=A\u0001").replace("10=", "10=9").replaceAll("10=9(..).", "10=9$1");
        return Stream.of(
                survives(
                        "stx-etx(lenient)",
                        "xy\u0002a\u0003z\u0002b\u0003",
                        Kind.STRAY,
                        "start byte 02",
                        "a",
                        "b"),
                survives(
                        "mllp(lenient)",
                        "junk\u000ba\u001c\rjunk\u000bb\u001c",
                        Kind.STRAY,
                        "start byte 0b",
                        "a",
                        "b"),
                survives(
                        "mllp(lenient)",
                        "\u000bcut\u000bb\u001c\r",
                        Kind.INVALID,
                        "end bytes 1c 0d",
                        "b"),
                survives(
                        "json-seq",
                        "x\u001e{}\ny\u001e[]\n",
                        Kind.STRAY,
                        "record separator",
                        "{}",
                        "[]"),
                survives(
                        "json-seq",
                        "\u001e{\"a\u001e[]\n",
                        Kind.INVALID,
                        "a whole JSON text",
                        "[]"),
                survives("json-seq", "\u001e12\u001e[]\n", Kind.INVALID, "a whole JSON text", "[]"),
                survives(
                        "ndjson",
                        "{}\nGET / HTTP/1.1\r\n[]\n",
                        Kind.INVALID,
                        "a JSON text on each line",
                        "{}",
                        "[]"),
                survives("nmea", "$A*42\r\n$A*41\r\n", Kind.INVALID, "the right checksum", "$A*41"),
                survives("nmea", "hello\r\n$A*41\n", Kind.INVALID, "the right checksum", "$A*41"),
                survives("nmea", "$A*4\r\n$A*41\n", Kind.INVALID, "the right checksum", "$A*41"),
                survives(
                        "graphite",
                        "a b c\na 1 2\n",
                        Kind.INVALID,
                        "a path, a value and a time",
                        "a 1 2"),
                survives(
                        "graphite",
                        "a 1\na 1 2\n",
                        Kind.INVALID,
                        "a path, a value and a time",
                        "a 1 2"),
                survives("fix", garbled + good, Kind.INVALID, "checksum ", good),
                survives(
                        "teltonika",
                        imei() + Example.avl("x").replace("\u0001x", "\u0001y") + Example.avl("x"),
                        Kind.INVALID,
                        "CRC ",
                        "x"));
    }

    @ParameterizedTest
    @MethodSource("survivors")
    void a_frame_that_is_wrong_is_told_of_and_the_stream_goes_on(
            String framing, String stream, Kind kind, String told, List<String> payloads)
            throws Exception {
        for (int step : STEPS) {
            try (AssemblyUnderTest assembly =
                    new AssemblyUnderTest(new Example(framing, stream), OPTIONS)) {
                inSteps(assembly, stream, step).end();
                assertThat(assembly.payloads()).isEqualTo(payloads);
                assertThat(assembly.lost())
                        .isNotEmpty()
                        .allMatch(one -> one.kind() == kind)
                        .allMatch(one -> one.text().contains(told), told);
                assertThat(assembly.lostBytes())
                        .isEqualTo(assembly.lost().stream().mapToLong(LostBytes::size).sum());
            }
        }
    }

    @Test
    void what_is_wrong_on_one_connection_is_not_told_on_another_of_its_event_loop()
            throws Exception {
        Chunk shared = new Chunk();
        FramingOptions options = AssemblyUnderTest.options(100, OnOversize.DISCARD);
        Example lines = new Example("lines", "");
        Example lengths = new Example("length(1,ascii)", "");
        try (AssemblyUnderTest losing = new AssemblyUnderTest(lines, options, shared);
                AssemblyUnderTest failing = new AssemblyUnderTest(lengths, options, shared);
                AssemblyUnderTest whole = new AssemblyUnderTest(lines, options, shared)) {
            losing.read("a\n" + ("x".repeat(101) + "\n").repeat(20) + "b");
            assertThatThrownBy(() -> failing.read("1c" + "x")).isInstanceOf(FramingException.class);
            whole.read("d\ne\n");
            assertThat(whole.payloads()).containsExactly("d", "e");
            assertThat(whole.lost()).isEmpty();
            assertThat(whole.lostBytes()).isZero();
            assertThat(failing.payloads()).containsExactly("c");
            assertThat(failing.lost()).isEmpty();
            losing.read("\n");
            assertThat(losing.payloads()).containsExactly("a", "b");
            assertThat(losing.lost().stream().mapToLong(LostBytes::frames).sum()).isEqualTo(20);
            assertThat(losing.lostBytes()).isEqualTo(20 * 101);
        }
    }

    @Test
    void what_a_protocol_answers_by_itself_is_answered_once() throws Exception {
        for (int step : STEPS) {
            try (AssemblyUnderTest assembly = new AssemblyUnderTest("iso8583(ascii)", 100)) {
                inSteps(assembly, "0000" + "0001x" + "0000", step);
                assertThat(assembly.answers()).containsExactly("0000", "0000");
                assertThat(assembly.payloads()).containsExactly("x");
            }
            try (AssemblyUnderTest assembly = new AssemblyUnderTest("iso8583(gicc,quiet)", 100)) {
                inSteps(assembly, "\0\0\0\0" + "\0\0\0\u0001x", step);
                assertThat(assembly.answers()).isEmpty();
                assertThat(assembly.payloads()).containsExactly("x");
            }
            try (AssemblyUnderTest assembly = new AssemblyUnderTest("teltonika", 100)) {
                inSteps(assembly, imei(), step);
                assertThat(assembly.answers()).containsExactly("\u0001");
                assertThat(assembly.attributes())
                        .containsEntry("teltonika.imei", "123456789012345");
                assertThat(assembly.payloads()).isEmpty();
            }
        }
    }

    private static Arguments huge(String framing, String header) {
        return Arguments.of(framing, header);
    }

    /** Headers that announce as much as they can. */
    static Stream<Arguments> announcements() {
        return Stream.of(
                huge("length(8)", "\u007f" + "\u00ff".repeat(7)),
                huge("length(8,little)", "\u00ff".repeat(7) + "\u007f"),
                huge("length(8,ascii)", NINES),
                huge("length(8,hex)", "ffffffff"),
                huge("length(8,bcd)", "\u0099".repeat(8)),
                huge("fixed(2147483647)", "x"),
                huge("syslog", "9999999999 "),
                huge("iso8583(ascii)", "9999"),
                huge("iso8583(raw)", "\u00ff".repeat(4)),
                huge("iso8583(vap)", "\u00ff\u00ff\0\0"),
                huge("dicom", "\u0004\0\u00ff\u00ff\u00ff\u00ff"),
                huge("tpkt", "\u0003\0\u00ff\u00ff"),
                huge("smpp", "\u00ff".repeat(4)),
                huge("stomp", "SEND\ncontent-length:999999999999999999\n\n"),
                huge("fix", "8=FIX.4.4\u00019=999999999\u0001"),
                huge("teltonika", imei() + "\0\0\0\0\u00ff\u00ff\u00ff\u00ff"));
    }

    @ParameterizedTest
    @MethodSource("announcements")
    void an_announced_size_is_refused_before_memory_is_taken(String framing, String header) {
        for (int step : STEPS) {
            try (AssemblyUnderTest assembly = new AssemblyUnderTest(framing, 1000)) {
                assertThatThrownBy(() -> inSteps(assembly, header, step))
                        .isInstanceOfSatisfying(
                                FramingException.class,
                                e -> assertThat(e.reason()).isEqualTo(CloseReason.OVERSIZE))
                        .hasMessageContaining("exceeds maxPayload=1000 bytes");
                assertThat(assembly.budgetUsed()).isLessThan(1024);
            }
        }
    }
}
