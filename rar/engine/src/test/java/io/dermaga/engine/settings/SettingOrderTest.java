package io.dermaga.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dermaga.api.monitor.EffectiveSetting;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which source wins, and what is said of it. */
class SettingOrderTest {

    private static final String KEY = "dermaga.orders.port";

    @Test
    void a_stronger_source_wins_and_is_named(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("d.properties"), KEY + "=4");
        Files.createDirectories(folder.resolve("META-INF"));
        Files.writeString(folder.resolve("META-INF/microprofile-config.properties"), KEY + "=3 \n");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            Map<String, SettingSource> sources = new LinkedHashMap<>();
            sources.put(
                    "system property " + KEY,
                    new SettingSource.OfProperties(properties(KEY, "6"), "system property "));
            sources.put(
                    "environment DERMAGA_ORDERS_PORT",
                    SettingSource.environment(Map.of("DERMAGA_ORDERS_PORT", "5")));
            sources.put("file " + file + " " + KEY, SettingSource.file(file));
            sources.put("application file " + KEY, SettingSource.application(loader));
            int expected = 6;
            while (!sources.isEmpty()) {
                String strongest = sources.keySet().iterator().next();
                SettingsUnderTest settings = new SettingsUnderTest();
                sources.values().forEach(settings::source);
                assertThat(settings.listener().port()).isEqualTo(expected);
                assertThat(settings.effective(Setting.PORT))
                        .isEqualTo(
                                new EffectiveSetting(
                                        "port", Integer.toString(expected), strongest));
                sources.remove(strongest);
                expected--;
            }
        }
        assertThat(new SettingsUnderTest().effective(Setting.PORT))
                .isEqualTo(new EffectiveSetting("port", "8001", "activation"));
        assertThat(new SettingsUnderTest().effective(Setting.BACKLOG))
                .isEqualTo(new EffectiveSetting("backlog", "1024", "default"));
    }

    private static Properties properties(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        return properties;
    }

    @Test
    void the_name_of_the_listener_is_stronger_than_the_name_of_the_activation() {
        SettingsUnderTest settings =
                new SettingsUnderTest()
                        .activation(Setting.LISTENERS, "east, west")
                        .source("a ", Map.of("dermaga.orders.framing", "lines"))
                        .source("b ", Map.of("dermaga.west.framing", "length(2)"));
        ActivationSettings read = settings.read();
        assertThat(read.listeners())
                .extracting(ListenerSettings::name)
                .containsExactly("east", "west");
        assertThat(read.listeners())
                .extracting(one -> SettingsUnderTest.effective(one, Setting.FRAMING))
                .containsExactly(
                        new EffectiveSetting("framing", "lines", "a dermaga.orders.framing"),
                        new EffectiveSetting("framing", "length(2)", "b dermaga.west.framing"));
    }

    @Test
    void every_setting_is_shown_with_value_and_source_in_the_documented_order() {
        assertThat(new SettingsUnderTest().listener().effective())
                .extracting(EffectiveSetting::name)
                .containsExactlyElementsOf(
                        Arrays.stream(Setting.values())
                                .filter(one -> one != Setting.NAME && one != Setting.LISTENERS)
                                .map(Setting::property)
                                .toList());
    }

    @Test
    void every_default_is_a_valid_value_in_its_shortest_form() {
        for (EffectiveSetting one : new SettingsUnderTest().listener().effective()) {
            if (one.source().equals("default")) {
                assertThat(one.value())
                        .isEqualTo(Setting.named(one.name()).orElseThrow().fallback());
            }
        }
    }

    @Test
    void an_environment_variable_is_found_under_each_of_its_mapped_names() {
        String key = "dermaga.my-orders.maxPayload";
        for (String name :
                new String[] {
                    key, "dermaga_my_orders_maxPayload", "DERMAGA_MY_ORDERS_MAXPAYLOAD"
                }) {
            assertThat(SettingSource.environment(Map.of(name, "1KiB")).value(key))
                    .as(name)
                    .isEqualTo("1KiB");
        }
        assertThat(SettingSource.environment(Map.of("dermaga_MY_orders", "x")).value(key)).isNull();
    }

    @Test
    void a_file_that_is_missing_is_empty_and_one_that_cannot_be_read_is_an_error(
            @TempDir Path folder) throws IOException {
        assertThat(SettingSource.file(folder.resolve("missing")).names("dermaga.")).isEmpty();
        Path broken = folder.resolve("broken");
        Files.write(broken, "dermaga.orders.port=\\u00zz".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SettingSource.file(broken))
                .withMessageContaining("DMG1005 file '" + broken + "'");
    }
}
