package io.dermaga.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorHeadersTest {

    @Test
    void pairs_are_read_as_of_the_variable_of_opentelemetry() throws IOException {
        assertThat(
                        new CollectorHeaders(
                                        "Authorization=Basic%20YTpi+/==, x-tenant = quay,", null)
                                .read())
                .isEqualTo(Map.of("Authorization", "Basic YTpi+/==", "x-tenant", "quay"));
    }

    @Test
    void a_file_is_read_each_time(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("headers");
        Files.writeString(file, "api-key=one\nx-tenant=b\n");
        CollectorHeaders headers = new CollectorHeaders("x-tenant=a", file);

        assertThat(headers.read()).isEqualTo(Map.of("api-key", "one", "x-tenant", "b"));
        Files.writeString(file, "api-key=two");
        assertThat(headers.read()).isEqualTo(Map.of("api-key", "two", "x-tenant", "a"));
        Files.delete(file);
        assertThatThrownBy(headers::read).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "=secret",
                "two words=secret",
                "Content-Type=secret",
                "host=secret",
                "a=secret%zz",
                "a=secret%0d%0ax: y",
                "a=secrét",
            })
    void what_is_no_header_is_refused_without_its_value(String given) {
        assertThatThrownBy(() -> new CollectorHeaders(given, null).read())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DMG4204")
                .hasMessageContaining("dermaga.trace.headers")
                .hasMessageNotContaining("secr");
    }
}
