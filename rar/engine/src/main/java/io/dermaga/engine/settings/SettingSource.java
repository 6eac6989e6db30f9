package io.dermaga.engine.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A place where values are configured from outside, in the order of MicroProfile Config 3.1
 * ("ConfigSource", default sources): system properties, environment, a file, the file {@code
 * META-INF/microprofile-config.properties} of the application.
 */
public interface SettingSource {

    /** The value under a full key such as {@code dermaga.orders.port}; null if there is none. */
    @Nullable String value(String key);

    /** How the source of this key is called on the dashboard and in errors. */
    String describe(String key);

    /** Rests of the keys that start with {@code prefix} (as {@code dermaga.orders.}). */
    Set<String> names(String prefix);

    /** System properties of the server, read at every call. */
    static SettingSource systemProperties() {
        return new OfProperties(System.getProperties(), "system property ");
    }

    /**
     * Environment variables. A key is looked up as it is, then with every character that is neither
     * letter nor digit replaced by {@code _}, then that in upper case (MicroProfile Config 3.1,
     * "Environment Variables Mapping Rules").
     */
    static SettingSource environment(Map<String, String> environment) {
        return new OfEnvironment(environment);
    }

    /**
     * A properties file in UTF-8; a missing one is empty.
     *
     * @throws SettingsException DMG1005 if it exists and cannot be read
     */
    static SettingSource file(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw unreadable(file.toString(), e);
            }
        }
        return new OfProperties(properties, "file " + file + " ");
    }

    /**
     * A properties file in UTF-8 that somebody has named.
     *
     * @throws SettingsException DMG1005 if it does not exist or cannot be read
     */
    static SettingSource namedFile(Path file) {
        if (!Files.exists(file)) {
            throw unreadable(file.toString(), new NoSuchFileException(file.toString()));
        }
        return file(file);
    }

    /**
     * The files {@code META-INF/microprofile-config.properties} that a class loader sees.
     *
     * @throws SettingsException DMG1005 if one cannot be read
     */
    static SettingSource application(ClassLoader loader) {
        Properties properties = new Properties();
        try {
            List<URL> files =
                    new ArrayList<>(
                            Collections.list(
                                    loader.getResources(
                                            "META-INF/microprofile-config.properties")));
            Collections.reverse(files);
            for (URL file : files) {
                try (InputStream in = file.openStream()) {
                    properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable("META-INF/microprofile-config.properties", e);
        }
        return new OfProperties(properties, "application file ");
    }

    private static SettingsException unreadable(String file, Exception cause) {
        return new SettingsException(
                "configuration", List.of("DMG1005 file '" + file + "' cannot be read: " + cause));
    }

    /** Values of {@link Properties}. */
    record OfProperties(Properties properties, String label) implements SettingSource {

        @Override
        public @Nullable String value(String key) {
            return properties.getProperty(key);
        }

        @Override
        public String describe(String key) {
            return label + key;
        }

        @Override
        public Set<String> names(String prefix) {
            Set<String> names = new TreeSet<>();
            for (String key : properties.stringPropertyNames()) {
                if (key.startsWith(prefix)) {
                    names.add(key.substring(prefix.length()));
                }
            }
            return names;
        }
    }

    /** Values of the environment. */
    record OfEnvironment(Map<String, String> environment) implements SettingSource {

        public OfEnvironment {
            environment = new LinkedHashMap<>(environment);
        }

        private static String mapped(String key) {
            return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }

        @Override
        public @Nullable String value(String key) {
            String exact = environment.get(key);
            if (exact == null) {
                exact = environment.get(key.replaceAll("[^A-Za-z0-9]", "_"));
            }
            return exact != null ? exact : environment.get(mapped(key));
        }

        @Override
        public String describe(String key) {
            return "environment " + mapped(key);
        }

        @Override
        public Set<String> names(String prefix) {
            Set<String> names = new TreeSet<>();
            String start = mapped(prefix);
            for (String key : environment.keySet()) {
                if (key.startsWith(start)) {
                    names.add(key.substring(start.length()));
                }
            }
            return names;
        }
    }
}
