package io.dermaga.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceConfigurationTest {

    private static TraceConfiguration configuration(
            Map<String, String> system, Map<String, String> environment) {
        return new Configuration(new SettingSources(system, environment, Path.of("."))).traces();
    }

    @Test
    void nothing_is_traced_unless_somebody_says_where_to() {
        TraceConfiguration none = configuration(Map.of(), Map.of());
        assertThat(none.endpoint()).isEmpty();
        assertThat(none.share("orders")).isEqualTo(1);
        assertThat(none.service()).isEqualTo("dermaga");
        assertThat(none.timeoutSeconds()).isEqualTo(10);
        assertThat(none.waiting()).isEqualTo(10_000);
        assertThat(none.headers()).isEmpty();
        assertThat(none.headersFile()).isEmpty();
        assertThat(
                        configuration(
                                        Map.of("dermaga.trace.endpoint", "https://otel/v1/traces"),
                                        Map.of())
                                .endpoint())
                .contains(URI.create("https://otel/v1/traces"));
    }

    @Test
    void a_listener_has_a_share_of_its_own() {
        TraceConfiguration given =
                configuration(
                        Map.of("dermaga.trace.sample", "0.25"),
                        Map.of("DERMAGA_TRACE_SAMPLE_LAB_2", "0"));
        assertThat(given.share("orders")).isEqualTo(0.25);
        assertThat(given.share("lab-2")).isZero();
        assertThatCode(given::checkShares).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "otel:4318 | otel:4318",
                "ftp://otel/v1 | ftp://otel/v1",
                "me:secret@otel?key=secret | …otel…",
                "http:///v1/traces | http:///v1/traces",
                "http://me:secret@otel/v1/traces | http://…otel/v1/traces",
                "http://otel/v1/traces?key=secret | http://otel/v1/traces…",
            })
    void an_endpoint_that_is_none_is_refused_without_what_may_be_secret(
            String given, String shown) {
        assertThatThrownBy(
                        () ->
                                configuration(Map.of("dermaga.trace.endpoint", given), Map.of())
                                        .endpoint())
                .hasMessage(
                        "DMG4204 property 'dermaga.trace.endpoint': given '%s', allowed: http://HOST:PORT/v1/traces, https://HOST/v1/traces, without user and query",
                        shown);
    }

    @ParameterizedTest
    @CsvSource({
        "sample, 1.5, 0 to 1",
        "sample.lab, NaN, 0 to 1",
        "timeoutSeconds, 0, 1 to 60",
        "waiting, many, 1 to 1000000",
    })
    void what_is_not_allowed_for_traces_is_refused(String name, String value, String allowed) {
        TraceConfiguration given = configuration(Map.of("dermaga.trace." + name, value), Map.of());
        assertThatThrownBy(
                        () -> {
                            given.checkShares();
                            given.timeoutSeconds();
                            given.waiting();
                        })
                .hasMessage(
                        "DMG4204 property '%s': given '%s', allowed: %s",
                        "dermaga.trace." + name, value, allowed);
    }
}
