package io.dermaga.dashboard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

    private final Format english = new Format(Locale.ENGLISH, ZoneOffset.UTC);
    private final Format german = new Format(Locale.GERMAN, ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1258291, 1.2 MiB",
        "10737418240, 10.0 GiB",
        "150000, 146 KiB"
    })
    void sizes_are_binary_and_short(long bytes, String expected) {
        assertThat(english.bytes((double) bytes).replace(",", "")).isEqualTo(expected);
    }

    @Test
    void a_german_reader_gets_german_numbers() {
        assertThat(german.bytes(1258291)).isEqualTo("1,2 MiB");
        assertThat(german.count(10_000)).isEqualTo("10.000");
    }

    @Test
    void a_depth_that_is_not_told_is_a_dash() {
        assertThat(english.depth(-1)).isEqualTo("–");
        assertThat(english.depth(0)).isEqualTo("0 B");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 µs",
        "PT0.000015S, 15 µs",
        "PT0.0032S, 3.2 ms",
        "PT12.34S, 12.3 s",
        "PT4M10S, 4 min 10 s",
        "PT25H, 1 d 1 h"
    })
    void durations_have_two_units_at_most(Duration duration, String expected) {
        assertThat(english.duration(duration)).isEqualTo(expected);
    }

    @Test
    void small_rates_keep_a_digit() {
        assertThat(english.rate(0)).isEqualTo("0");
        assertThat(english.rate(0.26)).isEqualTo("0.3");
        assertThat(english.rate(2043.7)).isEqualTo("2,044");
    }

    @Test
    void an_age_in_the_future_is_zero() {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(english.age(now.plusSeconds(5), now)).isEqualTo("0 s");
        assertThat(english.age(now.minusSeconds(3700), now)).isEqualTo("1 h 1 min");
    }

    @Test
    void addresses_are_numeric_with_ipv6_in_brackets() throws UnknownHostException {
        var v4 = InetAddress.getByAddress("named.example", new byte[] {10, 0, 0, 7});
        assertThat(Format.address(new InetSocketAddress(v4, 51422))).isEqualTo("10.0.0.7:51422");
        var v6 = InetAddress.getByName("2001:db8::7");
        assertThat(Format.address(new InetSocketAddress(v6, 1)))
                .isEqualTo("[2001:db8:0:0:0:0:0:7]:1");
    }
}
