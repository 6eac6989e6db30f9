package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditableTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "one",
                "a\n\n",
                "a\nb\n",
                "a\rb\r",
                "a\r\nb\r\n",
                "tab\there",
                "Größe €"
            })
    void text_comes_back_byte_by_byte_from_a_browser_that_sends_cr_lf(String content)
            throws CharacterCodingException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        EditableText editable = EditableText.of(bytes, "UTF-8").orElseThrow();

        assertThat(editable.text()).doesNotContain("\r");
        assertThat(editable.bytes(editable.text().replace("\n", "\r\n"))).isEqualTo(bytes);
    }

    @Test
    void the_line_ends_of_hl7_stay_what_they_are() throws CharacterCodingException {
        EditableText editable = text("MSH|1\rPID|2\r", "ISO-8859-1");

        assertThat(editable.lineEnd()).isEqualTo(EditableText.LineEnd.CR);
        assertThat(editable.bytes("MSH|1\r\nPID|3\r\n"))
                .isEqualTo("MSH|1\rPID|3\r".getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\nfirst",
                "\rfirst",
                "a\nb\rc",
                "a\r\nb\nc",
                "a\r\nb\rc",
                "nul\u0000",
                "escape\u001b[31m",
                "next\u0085line",
                "turned\u202earound",
                "hidden\u200bspace"
            })
    void what_a_text_field_would_change_or_hide_is_not_edited_as_text(String content) {
        assertThat(EditableText.of(content.getBytes(StandardCharsets.UTF_8), "UTF-8")).isEmpty();
    }

    @Test
    void bytes_that_are_no_text_in_their_charset_are_not_edited_as_text() {
        assertThat(EditableText.of(new byte[] {(byte) 0xC3, 'x'}, "UTF-8")).isEmpty();
        assertThat(EditableText.of(new byte[] {'x'}, "no-such-charset")).isEmpty();
        assertThat(EditableText.of(new byte[] {'x'}, "not a charset")).isEmpty();
    }

    @Test
    void a_byte_order_mark_that_would_be_lost_is_not_edited_as_text() {
        byte[] littleEndian = {(byte) 0xFF, (byte) 0xFE, 'x', 0};

        assertThat(EditableText.of(littleEndian, "UTF-16")).isEmpty();
    }

    @Test
    void sixty_four_kibibytes_are_edited_as_text_and_a_byte_more_is_not() {
        byte[] most = "x".repeat(EditableText.MOST_BYTES).getBytes(StandardCharsets.UTF_8);
        byte[] more = "x".repeat(EditableText.MOST_BYTES + 1).getBytes(StandardCharsets.UTF_8);

        assertThat(EditableText.of(most, "UTF-8")).isPresent();
        assertThat(EditableText.of(more, "UTF-8")).isEmpty();
    }

    @Test
    void a_character_that_the_charset_does_not_have_is_refused() {
        EditableText editable = text("Größe", "ISO-8859-1");

        assertThatThrownBy(() -> editable.bytes("9 €"))
                .isInstanceOf(CharacterCodingException.class);
    }

    private static EditableText text(String content, String charset) {
        return EditableText.of(content.getBytes(Charset.forName(charset)), charset).orElseThrow();
    }
}
