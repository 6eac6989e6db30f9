package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void a_short_content_is_shown_whole_as_text_and_hex() throws IOException {
        Excerpt excerpt =
                Excerpt.of(
                        new ByteArrayInputStream("Größe".getBytes(StandardCharsets.UTF_8)),
                        "UTF-8");

        assertThat(excerpt.whole()).isTrue();
        assertThat(excerpt.shown()).isEqualTo(7);
        assertThat(excerpt.text()).isEqualTo("Größe");
        assertThat(excerpt.hex()).hasSize(1);
    }

    @Test
    void control_characters_of_a_peer_are_escaped() {
        Excerpt excerpt =
                Excerpt.of(
                        ByteBuffer.wrap("\u001b[31m<b>".getBytes(StandardCharsets.UTF_8)), "UTF-8");

        assertThat(excerpt.text()).isEqualTo("\\x1B[31m<b>");
    }

    @Test
    void of_a_large_content_no_more_than_is_shown_is_read() throws IOException {
        ByteArrayInputStream large = new ByteArrayInputStream(new byte[1 << 20]);

        Excerpt excerpt = Excerpt.of(large, "UTF-8");

        assertThat(excerpt.whole()).isFalse();
        assertThat(excerpt.shown()).isEqualTo(Excerpt.MOST_BYTES);
        assertThat(large.available()).isEqualTo((1 << 20) - Excerpt.MOST_BYTES - 1);
    }
}
