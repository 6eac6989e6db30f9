package io.dermaga.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private final Path directory;

    ConfigurationTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void a_system_property_comes_before_the_environment_and_that_before_the_file()
            throws IOException {
        Files.writeString(directory.resolve("dermaga.properties"), "dermaga.admin.password=file\n");
        assertThat(configuration(Map.of(), Map.of()).adminPassword()).contains("file");
        var environment = Map.of("DERMAGA_ADMIN_PASSWORD", "environment");
        assertThat(configuration(Map.of(), environment).adminPassword()).contains("environment");
        var system = Map.of("dermaga.admin.password", "system");
        assertThat(configuration(system, environment).adminPassword()).contains("system");
    }

    @Test
    void without_any_source_there_is_no_password_and_a_default_directory() {
        Configuration none = configuration(Map.of(), Map.of());
        assertThat(none.adminPassword()).isEmpty();
        assertThat(none.dataDirectory()).isEqualTo(directory.resolve("dermaga-data"));
    }

    @Test
    void an_empty_value_counts_as_not_set() {
        var system = Map.of("dermaga.admin.password", " ");
        var environment = Map.of("DERMAGA_ADMIN_PASSWORD", "chosen");
        assertThat(configuration(system, environment).adminPassword()).contains("chosen");
        assertThat(configuration(system, Map.of("DERMAGA_ADMIN_PASSWORD", "")).adminPassword())
                .isEmpty();
    }

    @Test
    void another_file_can_be_named() throws IOException {
        Files.writeString(directory.resolve("other"), "dermaga.data=/srv/dermaga\n");
        assertThat(configuration(Map.of("dermaga.config", "other"), Map.of()).dataDirectory())
                .isEqualTo(Path.of("/srv/dermaga"));
    }

    @Test
    void a_malformed_file_is_said_with_its_number() throws IOException {
        Files.writeString(directory.resolve("dermaga.properties"), "a=\\uZZZZ\n");
        assertThatThrownBy(() -> configuration(Map.of(), Map.of()).adminPassword())
                .hasMessageStartingWith("DMG4004");
    }

    private Configuration configuration(
            Map<String, String> system, Map<String, String> environment) {
        return new Configuration(system::get, environment, directory);
    }
}
