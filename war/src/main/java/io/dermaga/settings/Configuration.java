package io.dermaga.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Settings of the dashboard, from {@link SettingSources}: their order is that of MicroProfile
 * Config and of the adapter.
 */
public final class Configuration {

    private static final String HISTORY_URL = "dermaga.history.url";
    private static final String HISTORY_DATA_SOURCE = "dermaga.history.dataSource";

    private static final String OIDC = "dermaga.oidc.";

    private static final String WEBHOOK = "dermaga.alerts.webhook";
    private static final String WEBHOOK_SECRET = WEBHOOK + ".secret";
    private static final String WEBHOOK_AUTHORIZATION = WEBHOOK + ".authorization";

    /** Those whose value nobody is shown; the path of a webhook is a secret now and then. */
    private static final Set<String> SECRETS =
            Set.of(
                    "dermaga.admin.password",
                    "dermaga.viewer.password",
                    "dermaga.history.password",
                    OIDC + "clientSecret",
                    WEBHOOK,
                    WEBHOOK_SECRET,
                    WEBHOOK_AUTHORIZATION,
                    TraceConfiguration.HEADERS);

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
        DEFAULTS.put(OIDC + "issuer", "");
        DEFAULTS.put(OIDC + "clientId", "");
        DEFAULTS.put(OIDC + "clientSecret", "");
        DEFAULTS.put(OIDC + "name", "");
        DEFAULTS.put(OIDC + "scopes", "openid profile");
        DEFAULTS.put(OIDC + "userClaim", "preferred_username");
        DEFAULTS.put(OIDC + "rolesClaim", "roles");
        DEFAULTS.put(OIDC + "role.viewer", "");
        DEFAULTS.put(OIDC + "role.payload-reader", "");
        DEFAULTS.put(OIDC + "role.revealer", "");
        DEFAULTS.put(OIDC + "role.operator", "");
        DEFAULTS.put(OIDC + "role.admin", "");
        DEFAULTS.put(OIDC + "only", "off");
        DEFAULTS.put(OIDC + "logout", "on");
        DEFAULTS.put(OIDC + "address", "");
        DEFAULTS.put(OIDC + "timeoutSeconds", "5");
        DEFAULTS.put(OIDC + "bytes", "262144");
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
        DEFAULTS.put("dermaga.history.attributes", "");
        DEFAULTS.put("dermaga.mask", "");
        DEFAULTS.put(WEBHOOK, "");
        DEFAULTS.put(WEBHOOK_SECRET, "");
        DEFAULTS.put(WEBHOOK_AUTHORIZATION, "");
        DEFAULTS.put(TraceConfiguration.ENDPOINT, "");
        DEFAULTS.put(TraceConfiguration.SAMPLE, "1");
        DEFAULTS.put(TraceConfiguration.SERVICE, "dermaga");
        DEFAULTS.put(TraceConfiguration.HEADERS, "");
        DEFAULTS.put(TraceConfiguration.HEADERS_FILE, "");
        DEFAULTS.put(TraceConfiguration.TIMEOUT, "10");
        DEFAULTS.put(TraceConfiguration.WAITING, "10000");
    }

    private final SettingSources sources;

    Configuration(SettingSources sources) {
        this.sources = sources;
    }

    /** The settings of this process. */
    public static Configuration ofProcess() {
        return new Configuration(SettingSources.ofProcess());
    }

    /** Settings from these properties alone. */
    public static Configuration of(Map<String, String> properties, Path workingDirectory) {
        return new Configuration(new SettingSources(properties, Map.of(), workingDirectory));
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
        String given = text("dermaga.viewer.roles");
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
        return number("dermaga.audit.bytes", 1L << 20, 1L << 40);
    }

    /** After how many minutes without a request a session ends. */
    public int sessionIdleMinutes() {
        return (int) number("dermaga.session.idleMinutes", 1, 1440);
    }

    /** After how many hours a session ends, whatever comes. */
    public int sessionHours() {
        return (int) number("dermaga.session.hours", 1, 720);
    }

    /** Whether browsers reach the dashboard by HTTPS only. */
    public boolean isHttpsOnly() {
        return isOn("dermaga.https");
    }

    /** Whether anything is said of an identity provider. */
    public boolean isOidcGiven() {
        return !sources.beginningWith(OIDC).isEmpty();
    }

    /** What is said of an identity provider, or else its defaults: by what follows the prefix. */
    public Map<String, String> oidc() {
        return DEFAULTS.keySet().stream()
                .filter(name -> name.startsWith(OIDC))
                .collect(Collectors.toMap(name -> name.substring(OIDC.length()), this::text));
    }

    /** Names that look like settings of an identity provider and are none. */
    public Set<String> unknownOidc() {
        return sources.beginningWith(OIDC).values().stream()
                .map(KnownSetting::name)
                .filter(name -> DEFAULTS.keySet().stream().noneMatch(one -> isSame(one, name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A variable of the environment tells neither case nor what its '_' stand for. */
    private static boolean isSame(String known, String given) {
        return SettingSources.variable(known).equals(SettingSources.variable(given));
    }

    /** Directory for what outlives a restart. */
    public Path dataDirectory() {
        return sources.resolve(text("dermaga.data"));
    }

    /** Whether what has happened is kept in a database. */
    public boolean isHistoryKept() {
        return isOn("dermaga.history");
    }

    private boolean isOn(String name) {
        String given = text(name);
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw refused(name, given, "on, off");
        };
    }

    /** After how many days a message is removed from the history. */
    public int historyDays() {
        return (int) number("dermaga.history.days", 1, 36_500);
    }

    /** How many messages of a listener the history keeps. */
    public long historyMessages() {
        return number("dermaga.history.messages", 1, 1_000_000_000);
    }

    /** How many bytes of contents of a listener the history keeps. */
    public long historyBytes() {
        return number("dermaga.history.bytes", 1, 1L << 50);
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
        return text("dermaga.history.user");
    }

    /** Password of {@link #historyUser}. */
    public String historyPassword() {
        return text("dermaga.history.password");
    }

    /** The server's data source that takes the history, by its name in JNDI, where there is one. */
    public Optional<String> historyDataSource() {
        Optional<String> given = value(HISTORY_DATA_SOURCE);
        if (given.isPresent() && value(HISTORY_URL).isPresent()) {
            throw refused("dermaga.history.dataSource", given.get(), "none beside " + HISTORY_URL);
        }
        return given;
    }

    /** Rules of what messages of a listener are found by; empty if there is none. */
    public String attributes(String listener) {
        return value("dermaga.history.attributes." + listener)
                .orElseGet(() -> text("dermaga.history.attributes"));
    }

    /** Rules of what is covered in contents of a listener; empty if nothing is. */
    public String mask(String listener) {
        return value("dermaga.mask." + listener).orElseGet(() -> text("dermaga.mask"));
    }

    /** Rules for alerts by their names: what follows {@code dermaga.alert.} */
    public Map<String, KnownSetting> alertRules() {
        return sources.beginningWith("dermaga.alert.");
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

    /** Where traces of payloads go. */
    public TraceConfiguration traces() {
        return new TraceConfiguration(this);
    }

    long number(String name, long least, long most) {
        String given = text(name);
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

    static IllegalStateException refused(String name, String given, String allowed) {
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
                sources.given(name).orElse(new KnownSetting(name, known.getValue(), "default"));
        return SECRETS.contains(name) && !found.value().isEmpty()
                ? new KnownSetting(name, "********", found.source())
                : found;
    }

    /** What is given, or else its default. */
    String text(String name) {
        return value(name).orElseGet(() -> Objects.requireNonNull(DEFAULTS.get(name), name));
    }

    Optional<String> value(String name) {
        return sources.given(name).map(KnownSetting::value);
    }

    /** Settings whose names begin alike, by the rest of their names. */
    Map<String, KnownSetting> beginningWith(String prefix) {
        return sources.beginningWith(prefix);
    }

    /** A path that a setting names. */
    Path resolve(String path) {
        return sources.resolve(path);
    }
}
