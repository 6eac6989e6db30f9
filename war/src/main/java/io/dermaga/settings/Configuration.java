package io.dermaga.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the dashboard: system property, else environment variable, else the file {@code
 * dermaga.properties} in the working directory (another one by {@code dermaga.config}): the order
 * of MicroProfile Config and of the adapter. An empty value counts as not set.
 */
public final class Configuration {

    private static final String HISTORY_URL = "dermaga.history.url";
    private static final String HISTORY_DATA_SOURCE = "dermaga.history.dataSource";

    private static final String ALERT = "dermaga.alert.";
    private static final String WEBHOOK = "dermaga.alerts.webhook";
    private static final String WEBHOOK_SECRET = WEBHOOK + ".secret";
    private static final String WEBHOOK_AUTHORIZATION = WEBHOOK + ".authorization";

    /** Those whose value nobody is shown; the path of a webhook is a secret now and then. */
    private static final Set<String> SECRETS =
            Set.of(
                    "dermaga.admin.password",
                    "dermaga.viewer.password",
                    "dermaga.history.password",
                    WEBHOOK,
                    WEBHOOK_SECRET,
                    WEBHOOK_AUTHORIZATION);

    /**
     * Every setting with its value where nobody has given one, in the order of the documentation.
     */
    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("dermaga.admin.password", "");
        DEFAULTS.put("dermaga.viewer.password", "");
        DEFAULTS.put("dermaga.viewer.roles", "");
        DEFAULTS.put("dermaga.session.idleMinutes", "30");
        DEFAULTS.put("dermaga.session.hours", "12");
        DEFAULTS.put("dermaga.https", "off");
        DEFAULTS.put("dermaga.audit.bytes", "67108864");
        DEFAULTS.put("dermaga.data", "dermaga-data");
        DEFAULTS.put("dermaga.history", "on");
        DEFAULTS.put(HISTORY_URL, "");
        DEFAULTS.put("dermaga.history.user", "dermaga");
        DEFAULTS.put("dermaga.history.password", "");
        DEFAULTS.put(HISTORY_DATA_SOURCE, "");
        DEFAULTS.put("dermaga.history.days", "30");
        DEFAULTS.put("dermaga.history.messages", "1000000");
        DEFAULTS.put("dermaga.history.bytes", "1073741824");
        DEFAULTS.put("dermaga.mask", "");
        DEFAULTS.put(WEBHOOK, "");
        DEFAULTS.put(WEBHOOK_SECRET, "");
        DEFAULTS.put(WEBHOOK_AUTHORIZATION, "");
    }

    private final Supplier<Map<String, String>> systemProperties;
    private final Map<String, String> environment;
    private final Path workingDirectory;

    Configuration(
            Supplier<Map<String, String>> systemProperties,
            Map<String, String> environment,
            Path workingDirectory) {
        this.systemProperties = systemProperties;
        this.environment = environment;
        this.workingDirectory = workingDirectory;
    }

    /** The settings of this process. */
    public static Configuration ofProcess() {
        return new Configuration(
                Configuration::systemProperties, System.getenv(), Path.of("").toAbsolutePath());
    }

    private static Map<String, String> systemProperties() {
        Properties all = System.getProperties();
        return all.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, name -> all.getProperty(name, "")));
    }

    /** Settings from these properties alone. */
    public static Configuration of(Map<String, String> properties, Path workingDirectory) {
        return new Configuration(() -> properties, Map.of(), workingDirectory);
    }

    /** Password of the user {@code admin}, where an operator chose one. */
    public Optional<String> adminPassword() {
        return value("dermaga.admin.password");
    }

    /** Password of the user {@code viewer}; where there is none, there is no such user. */
    public Optional<String> viewerPassword() {
        return value("dermaga.viewer.password");
    }

    /** Roles that the user {@code viewer} has besides that of a viewer. */
    public Set<String> viewerRoles() {
        String given = value("dermaga.viewer.roles").orElse("");
        Set<String> roles = new TreeSet<>();
        for (String role : given.split(",", -1)) {
            if (!role.isBlank() && !role.trim().equals("payload-reader")) {
                throw refused("dermaga.viewer.roles", given, "payload-reader, or nothing");
            }
            if (!role.isBlank()) {
                roles.add(role.trim());
            }
        }
        return roles;
    }

    /** Bytes of all files of the audit. */
    public long auditBytes() {
        return number("dermaga.audit.bytes", 64L << 20, 1L << 20, 1L << 40);
    }

    /** After how many minutes without a request a session ends. */
    public int sessionIdleMinutes() {
        return (int) number("dermaga.session.idleMinutes", 30, 1, 1440);
    }

    /** After how many hours a session ends, whatever comes. */
    public int sessionHours() {
        return (int) number("dermaga.session.hours", 12, 1, 720);
    }

    /** Whether browsers reach the dashboard by HTTPS only. */
    public boolean isHttpsOnly() {
        return isOn("dermaga.https", "off");
    }

    /** Directory for what outlives a restart. */
    public Path dataDirectory() {
        return workingDirectory.resolve(value("dermaga.data").orElse("dermaga-data"));
    }

    /** Whether what has happened is kept in a database. */
    public boolean isHistoryKept() {
        return isOn("dermaga.history", "on");
    }

    private boolean isOn(String name, String otherwise) {
        String given = value(name).orElse(otherwise);
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw refused(name, given, "on, off");
        };
    }

    /** After how many days a message is removed from the history. */
    public int historyDays() {
        return (int) number("dermaga.history.days", 30, 1, 36_500);
    }

    /** How many messages of a listener the history keeps. */
    public long historyMessages() {
        return number("dermaga.history.messages", 1_000_000, 1, 1_000_000_000);
    }

    /** How many bytes of contents of a listener the history keeps. */
    public long historyBytes() {
        return number("dermaga.history.bytes", 1L << 30, 1, 1L << 50);
    }

    /** The PostgreSQL that takes the history; empty: an embedded database does. */
    public Optional<String> historyUrl() {
        Optional<String> given = value(HISTORY_URL);
        given.filter(url -> !url.startsWith("jdbc:postgresql:"))
                .ifPresent(
                        url -> {
                            throw refused(
                                    HISTORY_URL,
                                    url.replaceFirst("[?;].*", "…"), // may hold a password
                                    "jdbc:postgresql://HOST:PORT/DATABASE");
                        });
        return given;
    }

    /** User of {@link #historyUrl}. */
    public String historyUser() {
        return value("dermaga.history.user").orElse("dermaga");
    }

    /** Password of {@link #historyUser}. */
    public String historyPassword() {
        return value("dermaga.history.password").orElse("");
    }

    /** The server's data source that takes the history, by its name in JNDI, where there is one. */
    public Optional<String> historyDataSource() {
        Optional<String> given = value(HISTORY_DATA_SOURCE);
        if (given.isPresent() && value(HISTORY_URL).isPresent()) {
            throw refused("dermaga.history.dataSource", given.get(), "none beside " + HISTORY_URL);
        }
        return given;
    }

    /** Rules of what is covered in contents of a listener; empty if nothing is. */
    public String mask(String listener) {
        return value("dermaga.mask." + listener).or(() -> value("dermaga.mask")).orElse("");
    }

    /** Rules for alerts by their names: what follows {@code dermaga.alert.} */
    public Map<String, KnownSetting> alertRules() {
        Map<String, KnownSetting> rules = new TreeMap<>();
        file().ifPresent(
                        file ->
                                read(file)
                                        .forEach(
                                                (name, value) ->
                                                        addRule(
                                                                rules,
                                                                "file " + file,
                                                                name.toString(),
                                                                value.toString())));
        environment.forEach(
                (variable, value) -> {
                    if (variable.startsWith(variable(ALERT))) {
                        String source = "environment " + variable;
                        addRule(rules, source, ALERT + ruleOf(variable, rules.keySet()), value);
                    }
                });
        systemProperties
                .get()
                .forEach((name, value) -> addRule(rules, "system property " + name, name, value));
        return rules;
    }

    /** The rule that is known, or a new one: a '-' of its name is a '_' in the environment. */
    private static String ruleOf(String variable, Set<String> known) {
        return known.stream()
                .filter(one -> variable(ALERT + one).equals(variable))
                .findFirst()
                .orElseGet(
                        () ->
                                variable.substring(ALERT.length())
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-'));
    }

    private static void addRule(
            Map<String, KnownSetting> rules, String source, String name, String value) {
        if (name.startsWith(ALERT)) {
            from(source, name, value.strip())
                    .ifPresent(rule -> rules.put(name.substring(ALERT.length()), rule));
        }
    }

    /** Where alerts are sent. */
    public Optional<String> alertWebhook() {
        return value(WEBHOOK);
    }

    /** With which alerts that are sent are signed. */
    public Optional<String> alertWebhookSecret() {
        return value(WEBHOOK_SECRET);
    }

    /** Value of the header {@code Authorization} of alerts that are sent. */
    public Optional<String> alertWebhookAuthorization() {
        return value(WEBHOOK_AUTHORIZATION);
    }

    private long number(String name, long otherwise, long least, long most) {
        String given = value(name).orElse(Long.toString(otherwise));
        try {
            long number = Long.parseLong(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // told below
        }
        throw refused(name, given, least + " to " + most);
    }

    private static IllegalStateException refused(String name, String given, String allowed) {
        return new IllegalStateException(
                "DMG4204 property '%s': given '%s', allowed: %s".formatted(name, given, allowed));
    }

    /** Every setting, in the order of the documentation; a secret is hidden. */
    public List<KnownSetting> effective() {
        return DEFAULTS.entrySet().stream().map(this::effective).toList();
    }

    private KnownSetting effective(Map.Entry<String, String> known) {
        String name = known.getKey();
        KnownSetting found =
                given(name).orElse(new KnownSetting(name, known.getValue(), "default"));
        return SECRETS.contains(name) && !found.value().isEmpty()
                ? new KnownSetting(name, "********", found.source())
                : found;
    }

    private Optional<String> value(String name) {
        return given(name).map(KnownSetting::value);
    }

    private Optional<KnownSetting> given(String name) {
        return direct(name).or(() -> fromFile(name));
    }

    private Optional<KnownSetting> direct(String name) {
        String variable = variable(name);
        return from("system property " + name, name, systemProperties.get().get(name))
                .or(() -> from("environment " + variable, name, environment.get(variable)));
    }

    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Optional<KnownSetting> from(String source, String name, @Nullable String value) {
        return Optional.ofNullable(value)
                .filter(text -> !text.isBlank())
                .map(text -> new KnownSetting(name, text, source));
    }

    private Optional<KnownSetting> fromFile(String name) {
        return file().flatMap(
                        file ->
                                from(
                                        "file " + file,
                                        name,
                                        read(file).getProperty(name, "").trim()));
    }

    private Optional<Path> file() {
        String name =
                direct("dermaga.config").map(KnownSetting::value).orElse("dermaga.properties");
        return Optional.of(workingDirectory.resolve(name)).filter(Files::isRegularFile);
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalStateException(
                    "DMG4004 configuration file %s cannot be read: %s"
                            .formatted(file, unreadable.getMessage()),
                    unreadable);
        }
        return properties;
    }
}
