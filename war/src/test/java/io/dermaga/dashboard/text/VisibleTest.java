package io.dermaga.dashboard.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class VisibleTest {

    @Test
    void control_characters_become_escapes() {
        assertThat(Visible.line("a\0b\u001b[31m\r\n\tc\u007f\u0085"))
                .isEqualTo("a\\x00b\\x1B[31m\\r\\n\\tc\\x7F\\x85");
    }

    @Test
    void lines_keep_line_feed_and_tab_only() {
        assertThat(Visible.lines("a\r\n\tb\u000b")).isEqualTo("a\\r\n\tb\\x0B");
    }

    @Test
    void text_cannot_turn_its_direction_or_hide() {
        assertThat(Visible.line("x\u202Egnp.exe\u200B\u2028"))
                .isEqualTo("x\\u202Egnp.exe\\u200B\\u2028");
    }

    @Test
    void malformed_bytes_become_replacement_characters() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, '(', 'b'});
        assertThat(Visible.decode(bytes, "UTF-8")).isEqualTo("a\uFFFD\uFFFD(b");
    }

    @Test
    void an_unknown_charset_is_read_as_utf_8() {
        ByteBuffer bytes = ByteBuffer.wrap("ü".getBytes(UTF_8));
        assertThat(Visible.decode(bytes, "no such/charset")).isEqualTo("ü");
    }

    @Test
    void letters_and_emoji_of_any_language_stay() {
        assertThat(Visible.line("Grüße, Дермага, 码头 😀")).isEqualTo("Grüße, Дермага, 码头 😀");
    }

    @Test
    void any_character_at_all_gives_well_formed_xml() throws Exception {
        String everything =
                IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        String xml =
                "<a>"
                        + Visible.lines(everything)
                                .replace("&", "&amp;")
                                .replace("<", "&lt;")
                                .replace("]]>", "")
                        + "</a>";
        assertThat(
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader(xml)))
                                .getDocumentElement()
                                .getTagName())
                .isEqualTo("a");
    }
}
