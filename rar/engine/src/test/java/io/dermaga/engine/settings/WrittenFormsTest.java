package io.dermaga.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes and durations as they are written. */
class WrittenFormsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0B",
        "1, 1, 1B",
        "1023B, 1023, 1023B",
        "1024, 1024, 1KiB",
        "' 64 KiB ', 65536, 64KiB",
        "1536KiB, 1572864, 1536KiB",
        "16MiB, 16777216, 16MiB",
        "2048MiB, 2147483648, 2GiB",
        "1TiB, 1099511627776, 1TiB",
        "1024TiB, 1125899906842624, 1024TiB"
    })
    void a_size_is_read_and_written_in_its_shortest_form(String text, long bytes, String form) {
        DataSize size = DataSize.parse(text);
        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size).hasToString(form);
        assertThat(DataSize.parse(size.toString())).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "-1", "1.5MiB", "1KB", "1kib", "1 K", "0x10", "99999999TiB"})
    void any_other_size_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DataSize.parse(text));
    }

    @Test
    void a_size_is_never_negative_and_fits_an_int_if_asked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DataSize(-1));
        assertThat(DataSize.parse("4GiB").intBytes()).isEqualTo(Integer.MAX_VALUE);
        assertThat(DataSize.parse("4KiB").intBytes()).isEqualTo(4096);
    }

    @ParameterizedTest
    @CsvSource({
        "0s, 0, 0s",
        "0ms, 0, 0s",
        "500ms, 500, 500ms",
        "' 30 s ', 30000, 30s",
        "90s, 90000, 90s",
        "60s, 60000, 1m",
        "120m, 7200000, 2h",
        "24h, 86400000, 24h",
        "61001ms, 61001, 61001ms"
    })
    void a_duration_is_read_and_written_in_its_shortest_form(
            String text, long millis, String form) {
        Duration duration = Durations.parse(text);
        assertThat(duration).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.format(duration)).isEqualTo(form);
        assertThat(Durations.parse(form)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "1.5s", "1S", "1d", "PT5M", "1m30s"})
    void any_other_duration_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
    }
}
