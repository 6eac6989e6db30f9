package io.dermaga.dashboard.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRateTest {

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "' ', 0",
        "0, 0",
        "1024, 1024",
        "512B, 512",
        "64KiB, 65536",
        "'64 KiB ', 65536",
        "1TiB, 1099511627776"
    })
    void a_rate_is_read_as_in_the_settings(String text, long bytes) {
        assertThat(ByteRate.parse(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "-1", "1.5MiB", "64kb", "64KB", "999999999999999TiB", "1 2"})
    void what_is_no_rate_is_refused(String text) {
        assertThat(ByteRate.parse(text)).isEmpty();
    }
}
