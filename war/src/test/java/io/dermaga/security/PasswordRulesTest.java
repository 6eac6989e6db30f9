package io.dermaga.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OWASP ASVS 5.0, 6.2.1, 6.2.4, 6.2.5, 6.2.9, 6.2.11. */
class PasswordRulesTest {

    @ParameterizedTest
    @CsvSource({
        "seven77, DMG4609",
        "iloveyou, DMG4610",
        "PassWord, DMG4610",
        "1234567890, DMG4610",
        "zzzzzzzzzzzz, DMG4610",
        "AnnaBella7x, DMG4611",
        "dermaga2026, DMG4611"
    })
    void what_is_guessed_first_is_refused_and_never_told(String password, String number) {
        assertThatThrownBy(() -> PasswordRules.check("anna", password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(number)
                .hasMessageNotContaining(password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kqxvbzjw", "kqxv bzjw", "ÄÖÜ漢字 𝒳 ok", "lower case words without digits"})
    void any_characters_do_without_rules_on_their_kinds(String password) {
        assertThatCode(() -> PasswordRules.check("ann", password)).doesNotThrowAnyException();
    }

    @Test
    void long_ones_are_taken_whole_up_to_a_limit() {
        String most = "ab cd-ef".repeat(PasswordRules.MOST / 8);
        assertThatCode(() -> PasswordRules.check("ann", most)).doesNotThrowAnyException();
        assertThatThrownBy(() -> PasswordRules.check("ann", most + "x"))
                .hasMessageContaining("given 257 characters, allowed: 8 to 256");
    }

    @Test
    void three_thousand_common_ones_that_are_long_enough_are_known() {
        assertThat(PasswordRules.known()).isGreaterThan(3000);
    }
}
