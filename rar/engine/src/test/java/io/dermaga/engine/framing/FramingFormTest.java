package io.dermaga.engine.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The written form of a framing. */
class FramingFormTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eof",
                " eof ",
                "lines",
                "length(1)",
                "length(8)",
                "length( 4 )",
                "length(4,including)",
                "length( 4 , including )"
            })
    void a_known_form_is_taken(String form) {
        assertThat(Framing.problem(form)).isNull();
        assertThat(Framing.parse(form)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "EOF",
                "eof()",
                "eof(1)",
                "lines(crlf)",
                "length",
                "length()",
                "length(0)",
                "length(9)",
                "length(10)",
                "length(-1)",
                "length(4,excluding)",
                "length(4,including,)",
                "length(4,)",
                "length(,including)",
                "length(4",
                "length 4)",
                "length(4))",
                "length(4) lines",
                "delimiter",
                "eof\n.lines"
            })
    void any_other_form_is_refused_with_what_is_allowed(String form) {
        assertThat(Framing.problem(form)).isEqualTo("eof, lines, length(1..8[,including])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.parse(form))
                .withMessageContaining(Framing.ALLOWED);
    }
}
