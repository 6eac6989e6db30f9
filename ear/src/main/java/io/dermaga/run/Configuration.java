package io.dermaga.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The settings {@code dermaga.*} as the server will see them: system property, else environment,
 * else {@code dermaga.properties} in the project's directory (another file by {@code
 * dermaga.config}), else the file in {@code dermaga.war}. An empty value counts as not set.
 */
public final class Configuration {

    private static final String WAR_FILE =
            "WEB-INF/classes/META-INF/microprofile-config.properties";

    private final Properties system;
    private final Map<String, String> environment;
    private final Properties file;
    private final Properties application;

    private Configuration(
            Properties system,
            Map<String, String> environment,
            Properties file,
            Properties application) {
        this.system = system;
        this.environment = environment;
        this.file = file;
        this.application = application;
    }

    /**
     * Reads the settings.
     *
     * @param project directory of {@code dermaga.properties}
     * @param war the dashboard, whose own file is the lowest source
     * @throws LaunchException DMG5007 if a file cannot be read
     */
    public static Configuration read(
            Properties system, Map<String, String> environment, Path project, Path war)
            throws LaunchException {
        Configuration outside =
                new Configuration(system, environment, new Properties(), new Properties());
        Path file = project.resolve(outside.value("dermaga.config").orElse("dermaga.properties"));
        return new Configuration(system, environment, ofFile(file), ofWar(war));
    }

    /** The value of a setting from the highest source that has one. */
    public Optional<String> value(String name) {
        String variable = name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        return given(system.getProperty(name))
                .or(() -> given(environment.get(variable)))
                .or(() -> given(file.getProperty(name)))
                .or(() -> given(application.getProperty(name)));
    }

    /**
     * A port.
     *
     * @throws LaunchException DMG5006 if the value is no port
     */
    public int port(String name, int otherwise) throws LaunchException {
        String given = value(name).orElse(Integer.toString(otherwise));
        Optional<Integer> port = portOf(given);
        if (port.isEmpty()) {
            throw new LaunchException(
                    "DMG5006 property '%s': given '%s', allowed: a port from 1 to 65535"
                            .formatted(name, given));
        }
        return port.get();
    }

    /** The system properties {@code dermaga.*}, which the server gets as they are. */
    public Map<String, String> passedOn() {
        Map<String, String> passed = new TreeMap<>();
        for (String name : system.stringPropertyNames()) {
            if (name.startsWith("dermaga.")) {
                passed.put(name, system.getProperty(name));
            }
        }
        return passed;
    }

    static Optional<Integer> portOf(String text) {
        try {
            int port = Integer.parseInt(text.trim());
            return port >= 1 && port <= 65535 ? Optional.of(port) : Optional.empty();
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }

    private static Properties ofFile(Path file) throws LaunchException {
        Properties properties = new Properties();
        if (Files.isRegularFile(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new LaunchException(
                        "DMG5007 file %s cannot be read: %s".formatted(file, unreadable));
            }
        }
        return properties;
    }

    private static Properties ofWar(Path war) throws LaunchException {
        Properties properties = new Properties();
        try (ZipFile zip = new ZipFile(war.toFile())) {
            ZipEntry entry = zip.getEntry(WAR_FILE);
            if (entry != null) {
                try (InputStream in = zip.getInputStream(entry)) {
                    properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new LaunchException(
                    "DMG5007 file %s cannot be read: %s".formatted(war, unreadable));
        }
        return properties;
    }
}
