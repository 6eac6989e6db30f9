package io.dermaga.engine.framing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * A stream of bytes in a framing, and the payloads in it. Chars stand for bytes.
 *
 * @param keep whether payloads keep their envelope
 */
public record Example(String framing, boolean keep, String stream, List<String> payloads) {

    Example(String framing, String stream, String... payloads) {
        this(framing, false, stream, List.of(payloads));
    }

    public byte[] bytes() {
        return stream.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return framing + (keep ? " kept " : " ") + stream.length() + " bytes";
    }

    /** At least one for every framing; most with three payloads, an empty one among them. */
    public static Stream<Example> all() {
        List<Example> all = new ArrayList<>();
        delimited(all);
        json(all);
        lengths(all);
        protocols(all);
        kept(all);
        all.add(
                new Example(
                        "custom(io.dermaga.engine.framing.Telegram)",
                        "\u0001a\u0000\u0002bc",
                        "a",
                        "",
                        "bc"));
        all.add(new Example("auto(mllp,syslog,lines)", "\u000babc\u001c\r", "abc"));
        all.add(new Example("auto(mllp,syslog,lines)", "3 <1><1>b\n3 <2>", "<1>", "<1>b", "<2>"));
        all.add(new Example("auto(mllp,syslog,lines)", "34\n\nc\n", "34", "", "c"));
        all.add(new Example("auto(stomp,eof)", "CONNECTED", "CONNECTED"));
        all.add(new Example("auto(json,lines)", "{\"a\": 1} []", "{\"a\": 1}", "[]"));
        return all.stream();
    }

    private static void delimited(List<Example> all) {
        all.add(new Example("eof", "one payload", "one payload"));
        all.add(new Example("lines", "first\n\nthird\n", "first", "", "third"));
        all.add(new Example("lines", "a\r\n\r\nb\r\n", "a", "", "b"));
        all.add(new Example("lines", "a\rb\n\r\r\nc\r\n", "a\rb", "\r", "c"));
        all.add(new Example("lines", "\n\r\n\n", "", "", ""));
        all.add(new Example("lines(lf)", "a\r\n\nb\n", "a\r", "", "b"));
        all.add(new Example("lines(crlf)", "a\nb\r\n\r\n\n\r\r\n", "a\nb", "", "\n\r"));
        all.add(new Example("lines(lenient)", "a\rb\r\n\n\r\rc\n", "a", "b", "", "", "", "c"));
        all.add(new Example("delimiter(0x0d0a)", "a\r\n\r\n\r\r\n", "a", "", "\r"));
        all.add(new Example("delimiter('abab')", "aababcababxabaabab", "a", "c", "xaba"));
        all.add(
                new Example(
                        "delimiter('||',0x00,0x0d0a,0x0a)",
                        "a||b\u0000|\r\n\n\r\u0000",
                        "a",
                        "b",
                        "|",
                        "",
                        "\r"));
        all.add(new Example("delimiter('aab','ab')", "xaabyabaaab", "x", "y", "a"));
        all.add(new Example("nul", "{}\u0000\u0000{\"a\":1}\u0000", "{}", "", "{\"a\":1}"));
        all.add(
                new Example(
                        "stx-etx",
                        "\u0002ab\u0003\u0002\u0003\u0002c\u0002\u0003",
                        "ab",
                        "",
                        "c\u0002"));
        all.add(new Example("start-end('$',0x0d0a)", "$a\r\n$\r\n$\r\r\n", "a", "", "\r"));
        all.add(
                new Example(
                        "mllp",
                        "\u000bMSH|\r\u001c\r\u000b\u001c\r\u000bc\u001c\r",
                        "MSH|\r",
                        "",
                        "c"));
        all.add(
                new Example(
                        "mllp(lenient)",
                        "\u000ba\u001c\u000b\u001c\r\n\u000bc\u001c\r",
                        "a",
                        "",
                        "c"));
        all.add(
                new Example(
                        "mllp-r2",
                        "\u000ba\u001c\r\u000b\u0006\u001c\r\u000b\u0006c\u001c\r",
                        "a",
                        "\u0006c"));
        all.add(
                new Example(
                        "syslog",
                        "5 <34>a<1>b\r\n7 <2>a\nbc\n<3>\u0000",
                        "<34>a",
                        "<1>b",
                        "<2>a\nbc",
                        "<3>"));
        all.add(
                new Example(
                        "syslog(octet-counting)",
                        "3 <1>12 <2>abcdefghi3 <3>",
                        "<1>",
                        "<2>abcdefghi",
                        "<3>"));
        all.add(
                new Example(
                        "syslog(non-transparent)", "<1>a\n<2>b\r\n<3>c\n", "<1>a", "<2>b", "<3>c"));
        all.add(
                new Example(
                        "nmea",
                        "$GPGLL,5300.97914,N,00259.98174,E,125926,A*28\r\n\r\n!AIVDM,1,1,,B,x,0*7D\r\n\\s:a*11\\$GPTXT,b\n"
                                .replace("*7D", "*" + xor("AIVDM,1,1,,B,x,0")),
                        "$GPGLL,5300.97914,N,00259.98174,E,125926,A*28",
                        "!AIVDM,1,1,,B,x,0*" + xor("AIVDM,1,1,,B,x,0"),
                        "\\s:a*11\\$GPTXT,b"));
        all.add(
                new Example(
                        "graphite",
                        "a.b 1.5 1700000000\n\nc;t=x -2e3 -1\r\nd\tnan 1\n",
                        "a.b 1.5 1700000000",
                        "c;t=x -2e3 -1",
                        "d\tnan 1"));
    }

    private static String xor(String text) {
        return "%02X".formatted(text.chars().reduce(0, (a, b) -> a ^ b));
    }

    private static void json(List<Example> all) {
        all.add(new Example("ndjson", "{}\n\r\n  \n[1]\r\n -2\n", "{}", "[1]", " -2"));
        all.add(
                new Example(
                        "json-seq",
                        "\u001e{\"a\":\"\\\"}\"}\n\u001e\u001e12\n\u001e[\n]\n",
                        "{\"a\":\"\\\"}\"}",
                        "12",
                        "[\n]"));
        all.add(
                new Example(
                        "json",
                        "{\"a\":[1,\"}]\\\"\"]} \n\"s\\\\\"12 true[]-1e3\n",
                        "{\"a\":[1,\"}]\\\"\"]}",
                        "\"s\\\\\"",
                        "12",
                        "true",
                        "[]",
                        "-1e3"));
    }

    private static void lengths(List<Example> all) {
        List<String> texts = List.of("first", "", "the third \r\n\u0000\u00ff");
        for (int width = 1; width <= 8; width++) {
            for (boolean including : new boolean[] {false, true}) {
                StringBuilder stream = new StringBuilder();
                for (String text : texts) {
                    stream.append(header(width, text.length() + (including ? width : 0)));
                    stream.append(text);
                }
                String framing = "length(" + width + (including ? ",including)" : ")");
                all.add(new Example(framing, false, stream.toString(), texts));
            }
        }
        all.add(
                new Example(
                        "length(3,little)",
                        "\u0002\u0000\u0000ab\u0000\u0000\u0000\u0001\u0000\u0000c",
                        "ab",
                        "",
                        "c"));
        all.add(new Example("length(3,ascii)", "002ab000010abcdefghij", "ab", "", "abcdefghij"));
        all.add(new Example("length(2,hex)", "02ab000aabcdefghij", "ab", "", "abcdefghij"));
        all.add(
                new Example(
                        "length(2,bcd)",
                        "\u0000\u0002ab\u0000\u0000\u0000\u0010abcdefghij",
                        "ab",
                        "",
                        "abcdefghij"));
        all.add(
                new Example(
                        "length(2,offset=2,adjust=-1)",
                        "xy\u0000\u0003abxy\u0000\u0001xy\u0000\u0002c",
                        "ab",
                        "",
                        "c"));
        all.add(
                new Example(
                        "length(1,including,offset=1,adjust=1)",
                        "x\u0003abx\u0001x\u0002c",
                        "ab",
                        "",
                        "c"));
        all.add(new Example("fixed(3)", "abcdefghi", "abc", "def", "ghi"));
        all.add(new Example("fixed(1)", "abc", "a", "b", "c"));
    }

    private static void protocols(List<Example> all) {
        all.add(
                new Example(
                        "iso8583(nac)", "\u0000\u00040800\u0000\u0000\u0000\u0001x", "0800", "x"));
        all.add(
                new Example(
                        "iso8583(nac,header=5)",
                        "\u0000\u0007`\u0000\u0001\u0000\u0000ab\u0000\u0000\u0000\u0005`\u0000\u0001\u0000\u0000\u0000\u0006`\u0000\u0001\u0000\u0000c",
                        "ab",
                        "",
                        "c"));
        all.add(new Example("iso8583(ascii)", "00040800" + "0000" + "0001x", "0800", "x"));
        all.add(
                new Example(
                        "iso8583(ncc)",
                        "\u0000\u00040800\u0000\u0000\u0000\u0010abcdefghij",
                        "0800",
                        "abcdefghij"));
        all.add(new Example("iso8583(bcd)", "\u0000\u00040800", "0800"));
        all.add(
                new Example(
                        "iso8583(hex)",
                        "00040800" + "0000" + "000Aabcdefghij",
                        "0800",
                        "abcdefghij"));
        all.add(
                new Example(
                        "iso8583(cmf)",
                        "\u0000\u0000\u00040800\u0000\u0000\u0000\u0000\u0000\u0001x",
                        "0800",
                        "x"));
        all.add(
                new Example(
                        "iso8583(raw)",
                        "\u0000\u0000\u0000\u00040800\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001x",
                        "0800",
                        "x"));
        all.add(
                new Example(
                        "iso8583(amex)", "\u0000\u00060800\u0000\u0002\u0000\u0003x", "0800", "x"));
        all.add(
                new Example(
                        "iso8583(base24)",
                        "\u0000\u00050800\u0003\u0000\u0000\u0000\u0002x\u0003",
                        "0800",
                        "x"));
        all.add(
                new Example(
                        "iso8583(vap)",
                        "\u0000\u0004\u0000\u00000800\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000x",
                        "0800",
                        "x"));
        all.add(new Example("iso8583(cs)", "\u0000\u0004\u0000\u00000800", "0800"));
        all.add(
                new Example(
                        "iso8583(gicc)",
                        "\u0000\u0000\u0000\u00040800\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001x",
                        "0800",
                        "x"));
        all.add(
                whole(
                        "dicom",
                        "\u0001\u0000\u0000\u0000\u0000\u0003abc",
                        "\u0004\u0000\u0000\u0000\u0000\u0000",
                        "\u0005\u0000\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000"));
        all.add(
                whole(
                        "modbus",
                        "\u0000\u0001\u0000\u0000\u0000\u0006\u0011\u0003\u0000k\u0000\u0003",
                        "\u0000\u0002\u0000\u0000\u0000\u0002\u0001\u0007",
                        "\u0000\u0003\u0000\u0000\u0000\u0003\u0001\u0007x"));
        all.add(
                new Example(
                        "tpkt",
                        "\u0003\u0000\u0000\u0007\u0002\u00f0\u0080\u0003\u0000\u0000\n\u0005abcde",
                        "\u0002\u00f0\u0080",
                        "\u0005abcde"));
        all.add(
                new Example(
                        "stomp",
                        "CONNECT\r\nhost:a\r\n\r\n\u0000\n\r\n\nSEND\ncontent-length:3\ncontent-length:9\n\na\u0000b\u0000SEND\nx:content-length:7\n\nhi\u0000\n",
                        "CONNECT\r\nhost:a\r\n\r\n",
                        "SEND\ncontent-length:3\ncontent-length:9\n\na\u0000b",
                        "SEND\nx:content-length:7\n\nhi"));
        all.add(
                whole(
                        "fix",
                        fix("35=A\u0001"),
                        fix("35=0\u000110=000\u0001"),
                        fix("35=5\u000134=1\u0001")));
        all.add(
                whole(
                        "smpp",
                        header(4, 16) + "\u0000\u0000\u0000\u0015" + header(8, 1),
                        header(4, 18) + "\u0000\u0000\u0000\u0004" + header(8, 2) + "ab",
                        header(4, 16) + header(8, 6) + header(4, 3)));
        all.add(
                new Example(
                        "teltonika",
                        imei()
                                + avl("\u0008\u0001ab\u0001")
                                + "\u00ff\u00ff"
                                + avl("\u008e\u0002cde\u0002"),
                        "\u0008\u0001ab\u0001",
                        "\u008e\u0002cde\u0002"));
    }

    /** Envelopes that stay with their payloads. */
    private static void kept(List<Example> all) {
        all.add(keeping("lines", "a\r\n", "\n", "b\r\n"));
        all.add(keeping("lines(lenient)", "a\r", "\r", "c\n"));
        all.add(keeping("delimiter(0x0d0a)", "a\r\n", "\r\n", "\r\r\n"));
        all.add(keeping("start-end('$',0x0d0a)", "$a\r\n", "$\r\n", "$b\r\n"));
        all.add(keeping("mllp", "\u000ba\u001c\r", "\u000b\u001c\r", "\u000bc\u001c\r"));
        all.add(keeping("mllp(lenient)", "\u000ba\u001c", "\u000b\u001c", "\u000bc\u001c"));
        all.add(keeping("syslog", "5 <34>a", "<1>b\r\n", "<3>\u0000"));
        all.add(keeping("ndjson", "{}\n", "[]\r\n", "3\n"));
        all.add(keeping("json-seq", "\u001e{}\n", "\u001e 1\n", "\u001e[]\n"));
        all.add(keeping("length(2)", "\u0000\u0002ab", "\u0000\u0000", "\u0000\u0001c"));
        all.add(keeping("length(1,including,offset=1)", "x\u0004ab", "x\u0002", "x\u0003c"));
        all.add(
                keeping(
                        "iso8583(base24,header=2)",
                        "\u0000\u0005abcd\u0003",
                        "\u0000\u0003ef\u0003"));
        all.add(
                keeping(
                        "tpkt",
                        "\u0003\u0000\u0000\u0007\u0002\u00f0\u0080",
                        "\u0003\u0000\u0000\n\u0005abcde"));
        all.add(keeping("stomp", "SEND\n\na\u0000", "SEND\ncontent-length:1\n\n\u0000\u0000"));
        all.add(keeping("nmea", "$GPTXT,a\r\n", "$GPTXT,b\n"));
        all.add(keeping("graphite", "a 1 2\r\n", "b 1 2\n"));
        all.add(new Example("teltonika", true, imei() + avl("\u0008ab"), List.of(avl("\u0008ab"))));
    }

    /** A framing whose payloads are the whole stream. */
    private static Example whole(String framing, String... frames) {
        return new Example(framing, String.join("", frames), frames);
    }

    private static Example keeping(String framing, String... frames) {
        return new Example(framing, true, String.join("", frames), List.of(frames));
    }

    private static String imei() {
        return "\u0000\u000f356307042441013";
    }

    static String avl(String data) {
        int crc = 0;
        for (int i = 0; i < data.length(); i++) {
            crc ^= data.charAt(i);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xa001 : crc >> 1;
            }
        }
        return header(4, 0) + header(4, data.length()) + data + header(4, crc);
    }

    static String fix(String body) {
        String message = "8=FIX.4.4\u00019=" + body.length() + "\u0001" + body;
        return message + "10=%03d\u0001".formatted(message.chars().sum() % 256);
    }

    /** A big-endian number. */
    static String header(int width, long value) {
        StringBuilder header = new StringBuilder();
        for (int i = width - 1; i >= 0; i--) {
            header.append((char) ((value >>> (8 * i)) & 0xff));
        }
        return header.toString();
    }

    /** Every example with each of the given values. */
    static Stream<Arguments> with(Object... values) {
        return all().flatMap(
                        example -> Stream.of(values).map(value -> Arguments.of(example, value)));
    }
}
