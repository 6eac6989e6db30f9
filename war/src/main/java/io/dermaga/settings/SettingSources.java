package io.dermaga.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where settings are given: as a system property, else in the environment, else in the file {@code
 * dermaga.properties} of the working directory (another one by {@code dermaga.config}). An empty
 * value counts as not given. The file is read once.
 */
final class SettingSources {

    private final Map<String, String> systemProperties;
    private final Map<String, String> environment;
    private final Path workingDirectory;
    private @Nullable Properties content;

    SettingSources(
            Map<String, String> systemProperties,
            Map<String, String> environment,
            Path workingDirectory) {
        this.systemProperties = systemProperties;
        this.environment = environment;
        this.workingDirectory = workingDirectory;
    }

    /** Those of this process, as they are now. */
    static SettingSources ofProcess() {
        Properties all = System.getProperties();
        return new SettingSources(
                all.stringPropertyNames().stream()
                        .collect(Collectors.toMap(name -> name, name -> all.getProperty(name, ""))),
                System.getenv(),
                Path.of("").toAbsolutePath());
    }

    /** A path that a setting names. */
    Path resolve(String path) {
        return workingDirectory.resolve(path);
    }

    /**
     * A setting.
     *
     * @throws IllegalStateException DMG4004 if the file cannot be read
     */
    Optional<KnownSetting> given(String name) {
        return direct(name).or(() -> inFile(name));
    }

    private Optional<KnownSetting> direct(String name) {
        String variable = variable(name);
        return from("system property " + name, name, systemProperties.get(name))
                .or(() -> from("environment " + variable, name, environment.get(variable)));
    }

    private Optional<KnownSetting> inFile(String name) {
        return file().flatMap(
                        file ->
                                from(
                                        "file " + file,
                                        name,
                                        read(file).getProperty(name, "").trim()));
    }

    /**
     * Settings whose names begin alike, by the rest of their names.
     *
     * @throws IllegalStateException DMG4004 if the file cannot be read
     */
    Map<String, KnownSetting> beginningWith(String prefix) {
        Map<String, KnownSetting> found = new TreeMap<>();
        file().ifPresent(
                        file ->
                                read(file)
                                        .forEach(
                                                (name, value) ->
                                                        add(
                                                                found,
                                                                prefix,
                                                                "file " + file,
                                                                name.toString(),
                                                                value.toString())));
        environment.forEach(
                (variable, value) -> {
                    if (variable.startsWith(variable(prefix))) {
                        String name = prefix + rest(prefix, variable, found.keySet());
                        add(found, prefix, "environment " + variable, name, value);
                    }
                });
        systemProperties.forEach(
                (name, value) -> add(found, prefix, "system property " + name, name, value));
        return found;
    }

    /** The one that is known, or a new one: a '-' of a name is a '_' in the environment. */
    private static String rest(String prefix, String variable, Set<String> known) {
        return known.stream()
                .filter(one -> variable(prefix + one).equals(variable))
                .findFirst()
                .orElseGet(
                        () ->
                                variable.substring(prefix.length())
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-'));
    }

    private static void add(
            Map<String, KnownSetting> found,
            String prefix,
            String source,
            String name,
            String value) {
        if (name.startsWith(prefix)) {
            from(source, name, value.strip())
                    .ifPresent(one -> found.put(name.substring(prefix.length()), one));
        }
    }

    /** The variable of the environment that stands for a setting. */
    static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Optional<KnownSetting> from(String source, String name, @Nullable String value) {
        return Optional.ofNullable(value)
                .filter(text -> !text.isBlank())
                .map(text -> new KnownSetting(name, text, source));
    }

    private Optional<Path> file() {
        String name =
                direct("dermaga.config").map(KnownSetting::value).orElse("dermaga.properties");
        return Optional.of(resolve(name)).filter(Files::isRegularFile);
    }

    private Properties read(Path file) {
        Properties known = content;
        if (known != null) {
            return known;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalStateException(
                    "DMG4004 configuration file %s cannot be read: %s"
                            .formatted(file, unreadable.getMessage()),
                    unreadable);
        }
        content = properties;
        return properties;
    }
}
