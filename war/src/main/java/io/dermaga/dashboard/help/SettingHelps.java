package io.dermaga.dashboard.help;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Help on settings by their names: English as the documentation begins, German in its short form;
 * the defaults are those of the documentation.
 */
@ApplicationScoped
public class SettingHelps {

    private static final List<String> DOCUMENTS = List.of("tls.md", "configuration.md");

    private static final List<String> OPEN =
            List.of(
                    "dermaga.mask.LISTENER",
                    "dermaga.alert.NAME",
                    "dermaga.history.attributes.LISTENER",
                    "dermaga.trace.sample.LISTENER",
                    "dermaga.oidc.role.ROLE");

    private final Map<String, SettingHelp> english =
            DocumentedSettings.read(DOCUMENTS.stream().map(SettingHelps::text).toList());
    private final Properties german = german();

    /** Names of all that are documented. */
    public Set<String> names() {
        return Collections.unmodifiableSet(english.keySet());
    }

    /** What a setting means; empty if it is not documented. */
    public Optional<SettingHelp> find(String name, Locale locale) {
        String known = known(name);
        return Optional.ofNullable(english.get(known))
                .map(
                        help ->
                                locale.getLanguage().equals("de")
                                        ? new SettingHelp(
                                                german.getProperty(known, help.text()),
                                                help.fallback())
                                        : help);
    }

    /** Some have the name of a listener, a rule or a role at their end. */
    private static String known(String name) {
        return OPEN.stream()
                .filter(open -> name.startsWith(open.substring(0, open.lastIndexOf('.') + 1)))
                .findFirst()
                .orElse(name);
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(SettingHelps.class.getResourceAsStream(name), name);
    }

    private static String text(String name) {
        try (InputStream bytes = open(name)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Properties german() {
        Properties texts = new Properties();
        try (InputStreamReader text =
                new InputStreamReader(open("Help_de.properties"), StandardCharsets.UTF_8)) {
            texts.load(text);
            return texts;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
