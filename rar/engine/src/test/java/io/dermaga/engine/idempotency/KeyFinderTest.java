package io.dermaga.engine.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.engine.settings.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the key of a payload is. Chars stand for bytes. */
class KeyFinderTest {

    private static @Nullable PayloadKey key(String where, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        return KeyFinder.find(
                IdempotencyKey.parse(where),
                most -> Arrays.copyOf(bytes, Math.min(most, bytes.length)));
    }

    private static @Nullable String value(String where, String payload) {
        PayloadKey key = key(where, payload);
        return key == null ? null : key.value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "bytes(0,3); abcdef; abc",
                "bytes(3,3); abcdef; def",
                "bytes(3,4); abcdef;",
                "regex(\\d+); id 17, 18; 17",
                "regex(id=(\\w+),(x)); id=7,x; 7",
                "regex(id=(\\w+)|no); no;",
                "regex(id=(\\w*)); id=;",
                "regex([a-z]{2,3}); abcd; abc",
                "regex((?i)ID=(.)); id=q; q",
                "regex(\\xe9(.)); é8; 8",
                "regex(^x); ax;",
                "MSH-10; MSH|^~\\&|A|B|||||T|9; \"A\rB\r9\"",
                "MSH-10; MSH#^~\\&#A|C#B#####T#9; \"A|C\rB\r9\"",
                "MSH-10; MSH|^~\\&|A|B|||||T|;",
                "MSH-10; MSH|^~\\&|A|B|||||T;",
                "MSH-10; \"MSH|^~\\&|A|B\rX|1|2|3|4|9\";",
                "MSH-10; PID|^~\\&|A|B|||||T|9;",
                "NONE; abc;"
            })
    void it_is_where_the_setting_says(String where, String payload, @Nullable String expected) {
        assertThat(value(where, payload)).isEqualTo(expected);
    }

    @Test
    void a_control_id_that_may_be_cut_is_none() {
        String head = "MSH|^~\\&|A|B|||||T|";
        String longest = "9".repeat(4095 - head.length());
        assertThat(value("MSH-10", head + longest)).isNotNull();
        assertThat(value("MSH-10", head + longest + "9")).isNull();
        assertThat(value("MSH-10", "\u000b" + head + longest)).isNotNull();
        assertThat(value("MSH-10", "\u000b" + head + longest + "9")).isNull();
    }

    @Test
    void no_more_than_64_kib_of_a_payload_are_searched() {
        String before = "x".repeat(64 * 1024 - 2);
        assertThat(value("regex(id)", before + "id")).isEqualTo("id");
        assertThat(value("regex(id)", before + "_id")).isNull();
        assertThat(value("bytes(65534,2)", before + "id")).isEqualTo("id");
    }

    @Test
    void a_long_one_is_kept_as_its_digest_and_shown_by_its_beginning() {
        String longest = "k".repeat(64);
        assertThat(value("regex(.*)", longest)).isEqualTo(longest);
        PayloadKey digested = key("regex(.*)", longest + "k");
        assertThat(digested)
                .isEqualTo(
                        new PayloadKey(
                                "sha-256:f39cdc2584758c99cf81c1f41d2572f54e17066afffc9d187aeafe5f7cbe2122",
                                longest));
        assertThat(value("regex(.*)", longest + "l"))
                .isNotEqualTo(value("regex(.*)", longest + "m"));
    }

    /** With backtracking this would not end before the sun does. */
    @ParameterizedTest
    @CsvSource({"regex((a+)+$)", "regex((a|aa)+$)", "regex(^(([a-z])+.)+[A-Z]([a-z])+$)"})
    void a_hostile_payload_takes_time_that_is_linear_in_its_size(String where) {
        assertThat(value(where, "a".repeat(64 * 1024 - 1) + "!")).isNull();
    }
}
