package io.dermaga.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How it is written by what a repeated payload is known. */
class IdempotencySettingsTest {

    private static IdempotencySettings read(SettingsUnderTest settings) {
        return settings.listener().delivery().idempotency();
    }

    @Test
    void nothing_is_known_again_by_default() {
        IdempotencySettings settings = read(new SettingsUnderTest());
        assertThat(settings.isOn()).isFalse();
        assertThat(settings.window()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.capacity()).hasToString("16MiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes(0,1)",
                "bytes( 65535 , 1 )",
                "regex(id=(\\d+), (x|y)\\))",
                "regex(\\))",
                "regex(a,')"
            })
    void a_known_form_is_taken_and_shown_as_it_is(String text) {
        SettingsUnderTest settings =
                new SettingsUnderTest().activation(Setting.IDEMPOTENCY_KEY, " " + text + " ");
        assertThat(read(settings).isOn()).isTrue();
        assertThat(settings.effective(Setting.IDEMPOTENCY_KEY).value()).isEqualTo(text);
    }

    @Test
    void what_is_wrong_with_a_pattern_is_said() {
        assertThat(
                        new SettingsUnderTest()
                                .activation(Setting.IDEMPOTENCY_KEY, "regex(id=(\\d+)")
                                .problems())
                .singleElement()
                .asString()
                .contains("given 'regex(id=(\\d+)' (activation), allowed: NONE, ")
                .contains("; error parsing regexp: missing closing )");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mllp", "mllp(lenient)", "mllp-r2", "auto(stx-etx,mllp,lines)"})
    void a_control_id_goes_with_framings_of_hl7(String framing) {
        SettingsUnderTest settings =
                new SettingsUnderTest()
                        .activation(Setting.FRAMING, framing)
                        .activation(Setting.IDEMPOTENCY_KEY, "MSH-10");
        assertThat(read(settings).key()).isEqualTo(IdempotencyKey.Fixed.HL7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eof", "auto(stx-etx,lines)", "syslog"})
    void a_control_id_is_refused_with_framings_that_have_none(String framing) {
        assertThat(
                        new SettingsUnderTest()
                                .activation(Setting.FRAMING, framing)
                                .activation(Setting.IDEMPOTENCY_KEY, "MSH-10")
                                .problems())
                .containsExactly(
                        "DMG1001 property 'idempotencyKey' of listener 'orders': given 'MSH-10' (activation), allowed: NONE, bytes(OFFSET,LENGTH), regex(PATTERN), since MSH-10 needs framing mllp, mllp-r2, or auto with one of them");
    }
}
