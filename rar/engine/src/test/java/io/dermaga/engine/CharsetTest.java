package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.engine.payload.DeclaredCharset;
import io.dermaga.engine.settings.Setting;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The charset that a payload tells of itself. */
class CharsetTest {

    private static final String MSH = "MSH|^~\\&|a|b|c|d|e|f|ADT^A01|1|P|2.5|||AL|NE|CZE|";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "8859/2; ISO-8859-2",
                "8859/15; ISO-8859-15",
                "UNICODE UTF-8; UTF-8",
                "unicode utf-8~8859/1; UTF-8",
                "GB 18030-2000; GB18030",
                "KS X 1001; EUC-KR",
                "ISO IR87; ISO-2022-JP",
                "ASCII; US-ASCII",
                "windows-1250; windows-1250",
                "no such; ",
                "''; "
            })
    void msh_18_of_hl7_tells_it(String field, String expected) {
        byte[] message = (MSH + field + "|x\rPID|1").getBytes(StandardCharsets.US_ASCII);
        assertThat(DeclaredCharset.of(message).map(Charset::name).orElse(null)).isEqualTo(expected);
        byte[] block = ("\u000b" + MSH + field).getBytes(StandardCharsets.US_ASCII);
        assertThat(DeclaredCharset.of(block).map(Charset::name).orElse(null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "<?xml version='1.0' encoding='iso-8859-2'?><a/>; US-ASCII; ISO-8859-2",
                "<?xml version=\"1.0\" encoding = \"UTF-16\"?><a/>; UTF-16BE; UTF-16BE",
                "<?xml version='1.0'?><a encoding='x'/>; UTF-8; UTF-8",
                "<?xml version='1.0'?>; UTF-16LE; UTF-16LE",
                "{\"a\":1}; UTF-8; UTF-8",
                "[1]; UTF-16LE; UTF-16LE",
                "\uFEFFplain; UTF-8; UTF-8",
                "\uFEFFplain; UTF-16BE; UTF-16BE",
                "\uFEFFplain; UTF-16LE; UTF-16LE",
                "\uFEFFplain; UTF-32LE; UTF-32LE",
                "\uFEFFplain; UTF-32BE; UTF-32BE",
                "plain; UTF-8; ",
                "<a/>; UTF-8; ",
                "M; UTF-8; ",
                "MSH; UTF-8; ",
                "MSH|^~; UTF-8; "
            })
    void marks_declarations_and_json_tell_it(String text, String written, String expected) {
        byte[] message = text.getBytes(Charset.forName(written));
        assertThat(DeclaredCharset.of(message).map(Charset::name).orElse(null)).isEqualTo(expected);
    }

    @Test
    void nothing_tells_nothing() {
        assertThat(DeclaredCharset.of(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PAYLOAD, Dvo\u0159\u00e1k", "LISTENER, Dvo\ufffd\ufffdk"})
    void the_text_of_a_payload_follows_it_if_so_configured(String from, String name)
            throws Exception {
        byte[] message =
                (MSH + "8859/2\rPID|1||||Dvo\u0159\u00e1k\n")
                        .getBytes(Charset.forName("ISO-8859-2"));
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.CHARSET_FROM, from);
        List<String> texts = new CopyOnWriteArrayList<>();
        draft.bean().onPayload(payload -> texts.add(payload.text()));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send(message).end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(texts).singleElement().asString().endsWith(name);
        }
    }
}
