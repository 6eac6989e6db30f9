package io.dermaga.engine.deadletter;

import static io.dermaga.engine.deadletter.Letters.letter;
import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.engine.monitor.Escape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What letters with the same fault share. */
class FaultTest {

    @ParameterizedTest
    @CsvSource({
        "order 17 is closed, order # is closed",
        "costs $1, costs $#",
        "job 0a1b2c3d-0a1b-2c3d-4e5f-0123456789ab, job #",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479x, #x",
        "ab-cd 1-2, ab-cd #-#",
        "red \\u001b[31m17, red \\u001b[#m#",
        "\\u001b17, \\u001b#",
        "C:\\17\\users, C:\\#\\users"
    })
    void numbers_are_particular_to_a_letter_and_escapes_are_not(String error, String fault) {
        assertThat(fault(error)).isEqualTo(fault);
    }

    @Test
    void what_the_engine_escapes_stays_whole() {
        String hostile = Escape.text("\u0000\u202e\u2028\udb40\udc01\udbff\udffd\ud800");

        assertThat(fault(hostile + 17)).isEqualTo(hostile + '#');
    }

    private static String fault(String error) {
        return letter("a-1.1", "x", 1, "o", error).fault();
    }
}
