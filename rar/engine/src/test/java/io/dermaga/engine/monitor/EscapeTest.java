package io.dermaga.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of a peer in logs and on pages. */
class EscapeTest {

    @Test
    void control_format_and_unpaired_characters_are_shown_by_number() {
        assertThat(Escape.text("a\u0000\t\r\n\u001b\u007f\u0085\u202e\u2028\ud800b"))
                .isEqualTo(
                        "a\\u0000\\u0009\\u000d\\u000a\\u001b\\u007f\\u0085\\u202e\\u2028\\ud800b");
    }

    @Test
    void a_hidden_character_beyond_sixteen_bits_is_shown_by_the_numbers_of_its_two_units() {
        assertThat(Escape.text("a\udb40\udc01b")).isEqualTo("a\\udb40\\udc01b");
    }

    @Test
    void printable_text_of_any_script_is_left_as_it_is() {
        String text = "Dermaga, Übergröße, 港, 🚢 <b>&amp;";
        assertThat(Escape.text(text)).isEqualTo(text);
    }

    @Test
    void long_text_is_cut() {
        assertThat(Escape.text("x".repeat(300))).hasSize(300).doesNotContain("…");
        assertThat(Escape.text("x".repeat(301))).hasSize(301).endsWith("x…");
        assertThat(Escape.text("\u0000".repeat(1000)).length()).isLessThan(310);
    }

    @Test
    void a_failure_is_told_by_class_and_message_even_if_its_message_fails() {
        assertThat(Escape.cause(new IllegalStateException("a\nb")))
                .isEqualTo("IllegalStateException: a\\u000ab");
        assertThat(Escape.cause(new IllegalStateException())).isEqualTo("IllegalStateException");
        assertThat(Escape.cause(new Mute())).isEqualTo("Mute");
    }

    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.7, 10.0.0.7:51422", "::1, [0:0:0:0:0:0:0:1]:51422"})
    void an_address_is_written_the_same_everywhere(String host, String text)
            throws UnknownHostException {
        assertThat(Peer.text(new InetSocketAddress(InetAddress.getByName(host), 51422)))
                .isEqualTo(text);
    }
}
