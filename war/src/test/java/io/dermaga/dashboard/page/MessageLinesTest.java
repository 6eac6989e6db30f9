package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.MessageContent;
import io.dermaga.history.TalkingAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageLinesTest {

    /** What a command writes, as the shell runs it. */
    private static byte[] run(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", command).start();
        byte[] written = shell.getInputStream().readAllBytes();
        assertThat(shell.waitFor()).isZero();
        return written;
    }

    @Test
    void every_byte_comes_out_of_the_shell_as_it_went_in() throws Exception {
        byte[] hostile = "\n7\\0'$(id)`id`%s%n\"!\\c".getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[512 + hostile.length];
        for (int i = 0; i < 512; i++) {
            all[i] = (byte) (i / 2);
        }
        System.arraycopy(hostile, 0, all, 512, hostile.length);

        String command = Shell.printf(all);

        assertThat(run(command)).isEqualTo(all);
        assertThat(command).matches("[ -~]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "it's", "$(id) `id` \\ \"x\" !y", "-n", "a\nb"})
    void every_word_comes_out_of_the_shell_as_it_went_in(String word) throws Exception {
        assertThat(run("printf %s " + Shell.word(word))).asString().isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unknown",
            value = {
                "eof, '', ''",
                "lines, '', 0a",
                "lines(lenient), '', 0a",
                "lines(crlf), '', 0d 0a",
                "ndjson, '', 0a",
                "nul, '', 00",
                "stx-etx, 02, 03",
                "mllp, 0b, 1c 0d",
                "json-seq, 1e, 0a",
                "delimiter(0x7c7C), '', 7c 7c",
                "'delimiter(''||'', 0x00)', '', 7c 7c",
                "length(2), 00 05, ''",
                "'length(4, including)', 00 00 00 09, ''",
                "'length(2,little)', unknown, unknown",
                "iso8583(nac), unknown, unknown",
                "custom(a.B), unknown, unknown",
            })
    void the_envelope_of_a_framing_is_known_or_is_not_guessed(
            String framing, String before, String after) {
        var envelope = Envelope.of(framing, 5);
        assertThat(envelope.map(one -> Envelope.hex(one.before())).orElse(null)).isEqualTo(before);
        assertThat(envelope.map(one -> Envelope.hex(one.after())).orElse(null)).isEqualTo(after);
        assertThat(Envelope.of("length(1)", 256)).isEmpty();
    }

    @Test
    void a_line_sends_the_bytes_with_their_framing_to_the_port(@TempDir Path data)
            throws Exception {
        try (TalkingAdapter adapter = new TalkingAdapter(data, "lab")) {
            ListenerSnapshot listener = adapter.monitor().snapshot().listeners().get(0);

            MessageLines.Send small =
                    MessageLines.send(content("it's 100%"), listener, "quay", "curl x");
            assertThat(small.text())
                    .isEqualTo(
                            "printf 'it\\047s 100\\045\\012' | nc -w 5 127.0.0.1 "
                                    + listener.port());
            assertThat(small.framed()).isTrue();
            assertThat(small.after()).isEqualTo("0a");

            MessageLines.Send large =
                    MessageLines.send(
                            content("x".repeat(MessageLines.MOST_BYTES + 1)),
                            listener,
                            "quay",
                            "curl x");
            assertThat(large.text())
                    .isEqualTo(
                            "{ curl x; printf '\\012'; } | nc -w 5 127.0.0.1 " + listener.port());
        }
    }

    private static MessageContent content(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new MessageContent("c.1", ByteBuffer.wrap(bytes), bytes.length, "UTF-8");
    }
}
