package io.dermaga.dashboard.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.engine.settings.Setting;
import io.dermaga.settings.Configuration;
import io.dermaga.settings.KnownSetting;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingHelpsTest {

    private final SettingHelps helps = new SettingHelps();

    private SettingHelp help(String name, Locale locale) {
        return helps.find(name, locale).orElseThrow();
    }

    @Test
    void every_setting_that_a_page_shows_has_help() {
        assertThat(helps.names())
                .containsAll(Arrays.stream(Setting.values()).map(Setting::property).toList());
        assertThat(Configuration.of(Map.of(), Path.of("")).effective())
                .extracting(KnownSetting::name)
                .allMatch(name -> helps.find(name, Locale.ENGLISH).isPresent());
        assertThat(helps.find("nothing", Locale.ENGLISH)).isEmpty();
    }

    @Test
    void german_has_what_is_documented_and_nothing_else() throws IOException {
        Properties german = new Properties();
        try (Reader text =
                Files.newBufferedReader(
                        Path.of(
                                "src/main/resources/io/dermaga/dashboard/help/Help_de.properties"))) {
            german.load(text);
        }
        Set<String> names = new TreeSet<>(german.stringPropertyNames());

        assertThat(names).isEqualTo(new TreeSet<>(helps.names()));
    }

    @Test
    void help_is_short_and_plain() {
        for (String name : helps.names()) {
            for (Locale locale : Set.of(Locale.ENGLISH, Locale.GERMAN)) {
                String text = help(name, locale).text();
                assertThat(text).as(name).hasSizeBetween(10, 600);
                assertThat(text)
                        .as(name)
                        .doesNotContain("**")
                        .doesNotContain("](")
                        .doesNotContain("`");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "idleTimeout, 5m",
        "maxPayload, 16MiB",
        "reuseAddress, true",
        "keepAliveCount, the system's",
        "tls, OFF",
        "dermaga.session.hours, 12",
        "port, ''",
    })
    void the_default_is_that_of_the_documentation(String name, String fallback) {
        assertThat(help(name, Locale.ENGLISH).fallback()).isEqualTo(fallback);
        assertThat(help(name, Locale.GERMAN).fallback()).isEqualTo(fallback);
    }

    @Test
    void the_first_sentences_of_the_documentation_are_the_help() {
        assertThat(help("idleTimeout", Locale.ENGLISH).text())
                .startsWith("Without reading and writing, while nothing waits for the bean.");
        assertThat(help("dermaga.mask.orders", Locale.GERMAN).text())
                .isEqualTo("Dasselbe für einen Listener.");
    }
}
