package io.dermaga.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {

    @Test
    void it_is_taken_without_the_blanks_around_it() {
        assertThat(Reason.of("  ticket 4711 \n").text()).isEqualTo("ticket 4711");
        assertThat(Reason.of("x".repeat(10)).text()).hasSize(10);
        assertThat(Reason.of("x".repeat(500)).text()).hasSize(500);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"because", "            x             "})
    void one_that_says_too_little_is_refused(String given) {
        assertThatThrownBy(() -> Reason.of(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("DMG4703 reason: given [0-9] characters, allowed: 10 to 500");
    }

    @Test
    void characters_are_counted_not_their_parts() {
        assertThat(Reason.of("\ud83d\ude80".repeat(500)).text()).hasSize(1000);
        assertThatThrownBy(() -> Reason.of("\ud83d\ude80".repeat(9)))
                .hasMessageContaining("given 9 characters");
        assertThatThrownBy(() -> Reason.of("x".repeat(501)))
                .hasMessageContaining("given 501 characters");
    }
}
