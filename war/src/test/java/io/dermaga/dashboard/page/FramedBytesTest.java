package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dermaga.api.monitor.FramingTrial;
import io.dermaga.api.monitor.FramingTrial.Frame;
import io.dermaga.dashboard.page.FramedBytes.Run;
import io.dermaga.dashboard.page.FramedBytes.Told;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FramedBytesTest {

    private static FramedBytes of(
            String sample, int count, int outside, int rest, Frame... frames) {
        return new FramedBytes(
                sample.getBytes(StandardCharsets.ISO_8859_1),
                new FramingTrial(
                        "any", 50, null, count, List.of(frames), outside, rest, null, List.of()));
    }

    private static String hex(List<Run> runs) {
        return runs.stream().map(run -> run.gap() + run.hex()).collect(Collectors.joining());
    }

    @Test
    void bytes_of_the_framing_are_apart_from_those_of_the_payload() {
        FramedBytes bytes = of("\u000bab\u001c\r!\u000bcut", 1, 1, 4, new Frame(0, 1, 3, 5));

        assertThat(bytes.getRows()).hasSize(1);
        assertThat(bytes.getRows().get(0).runs())
                .extracting(Run::hex, Run::text, Run::style, Run::number)
                .containsExactly(
                        tuple("0b", ".", "run framing odd begins", "1"),
                        tuple("61 62", "ab", "run payload odd", ""),
                        tuple("1c 0d", "..", "run framing odd ends", ""),
                        tuple("21", "!", "run outside", ""),
                        tuple("0b 63", ".c", "run rest", ""),
                        tuple("75 74", "ut", "run rest", ""));
        assertThat(hex(bytes.getRows().get(0).runs())).isEqualTo("0b 61 62 1c 0d 21 0b 63  75 74");
    }

    @Test
    void frames_are_told_in_words_without_what_could_change_the_page() {
        Told told = of("\u0002<b>\u001b\u0003", 1, 0, 0, new Frame(0, 1, 5, 6)).getFrames().get(0);

        assertThat(told).isEqualTo(new Told(1, 0, "02", 4, "<b>\\x1B", "03"));
    }

    @Test
    void what_is_large_is_shown_in_part() {
        FramedBytes bytes = of("x".repeat(5000), 1, 0, 0, new Frame(0, 0, 5000, 5000));

        assertThat(bytes.getShown()).isEqualTo(FramedBytes.MOST_BYTES);
        assertThat(bytes.isWhole()).isFalse();
        assertThat(bytes.getRows()).hasSize(FramedBytes.MOST_BYTES / 16);
        assertThat(bytes.getFrames().get(0).text()).hasSize(49).endsWith("…");
    }

    @Test
    void no_byte_is_shown_of_which_it_is_not_known_what_it_is() {
        Frame[] frames =
                IntStream.range(0, 500)
                        .mapToObj(i -> new Frame(i, i, i, i + 1))
                        .toArray(Frame[]::new);
        FramedBytes bytes = of("\n".repeat(900), 900, 0, 0, frames);

        assertThat(bytes.getShown()).isEqualTo(500);
        assertThat(bytes.getFrames()).hasSize(FramedBytes.MOST_FRAMES);
        assertThat(bytes.isAllListed()).isFalse();
    }
}
