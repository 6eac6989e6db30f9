package io.dermaga.engine.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnclosureTest {

    private static final List<String> UNKNOWN = List.of("custom", "auto", "teltonika");

    static Stream<Example> examples() {
        return Example.all()
                .filter(example -> !example.keep())
                .filter(example -> UNKNOWN.stream().noneMatch(example.framing()::startsWith));
    }

    private static Framing framing(String form) {
        return Framing.parse(form, false, EnclosureTest.class.getClassLoader());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_payload_that_is_enclosed_is_found_again(Example example) throws Exception {
        for (String payload : example.payloads()) {
            byte[] sent =
                    Enclosure.of(
                                    framing(example.framing()),
                                    payload.getBytes(StandardCharsets.ISO_8859_1))
                            .orElseThrow();
            try (AssemblyUnderTest assembly = new AssemblyUnderTest(example.framing(), 1 << 20)) {
                assembly.read(sent, 0, sent.length);
                assembly.end();
                assertThat(assembly.payloads()).containsExactly(payload);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "custom(io.dermaga.engine.framing.Telegram)",
                "auto(mllp,lines)",
                "teltonika"
            })
    void what_only_the_application_knows_is_not_guessed(String form) {
        assertThat(Enclosure.of(framing(form), new byte[] {1})).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"length(1), 256", "'length(2,ascii)', 100", "'length(1,bcd)', 100", "tpkt, 65532"})
    void a_payload_that_is_too_long_for_its_header_is_refused(String form, int size) {
        assertThatThrownBy(() -> Enclosure.of(framing(form), new byte[size]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit");
    }
}
