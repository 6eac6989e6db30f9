package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
        int[] read = new int[1];
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        read[0]++;
                        return 'x';
                    }
                };

        Excerpt excerpt = Excerpt.of(endless, "UTF-8");

        assertThat(excerpt.whole()).isFalse();
        assertThat(excerpt.text()).hasSize(Excerpt.MOST_BYTES);
        assertThat(read[0]).isEqualTo(Excerpt.MOST_BYTES + 1);
    }
}
