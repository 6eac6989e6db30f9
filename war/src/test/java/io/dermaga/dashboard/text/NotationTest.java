package io.dermaga.dashboard.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotationTest {

    private static byte[] latin(String chars) {
        return chars.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void text_has_escapes_for_what_cannot_be_typed() {
        assertThat(Notation.TEXT.bytes("\\x0bMSH|^~\\\\&\\r\\n\\t\\0\\e\\b\\f\\v\\xFF"))
                .isEqualTo(latin("\u000bMSH|^~\\&\r\n\t\0\u001b\b\f\u000b\u00ff"));
        assertThat(Notation.TEXT.bytes("ä€")).isEqualTo("ä€".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_line_end_of_the_field_is_lf_whatever_the_browser_sends() {
        assertThat(Notation.TEXT.bytes("a\r\nb\n")).isEqualTo(latin("a\nb\n"));
    }

    @ParameterizedTest
    @CsvSource({"4d5348", "'4d 53 48'", "'4D:53:48'", "'0x4d, 0x53, 0x48'", "'4d\n53\n48'"})
    void hex_digits_may_be_separated(String written) {
        assertThat(Notation.HEX.bytes(written)).isEqualTo(latin("MSH"));
    }

    @ParameterizedTest
    @CsvSource({"TVNI", "'TV\nNI'", "TVNI "})
    void base64_may_be_wrapped(String written) {
        assertThat(Notation.BASE64.bytes(written)).isEqualTo(latin("MSH"));
    }

    @Test
    void base64_of_addresses_is_read_too() {
        assertThat(Notation.BASE64.bytes("-_8=")).isEqualTo(latin("\u00fb\u00ff"));
    }

    @ParameterizedTest
    @CsvSource({
        "TEXT, a\\q, \\q",
        "TEXT, a\\x0, \\x0",
        "TEXT, a\\x0g!, \\x0g",
        "TEXT, a\\, \\",
        "HEX, 4d5z, z",
        "HEX, 4d5, 5",
        "BASE64, TVN!, !",
        "BASE64, TV=I, TV=I",
        "BASE64, TVNIT, VNIT"
    })
    void what_cannot_be_read_is_named(Notation notation, String written, String named) {
        assertThatThrownBy(() -> notation.bytes(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(named);
    }

    @Test
    void every_byte_written_as_text_is_read_again() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }

        assertThat(Notation.TEXT.bytes(Notation.text(all))).isEqualTo(all);
        assertThat(Notation.text(latin("\0001"))).isEqualTo("\\x001");
    }
}
