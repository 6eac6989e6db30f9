package io.dermaga.engine.settings;

import io.dermaga.engine.settings.SettingValues.Given;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the settings of one activation: for each setting of each listener the first that has a
 * value wins: the outer sources under the listener's name, the outer sources under the activation's
 * name, the activation property, the default.
 */
public final class SettingsReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Set<Setting> SHARED =
            EnumSet.of(
                    Setting.NAME,
                    Setting.LISTENERS,
                    Setting.GROUP,
                    Setting.CONCURRENCY,
                    Setting.DRAIN_TIMEOUT);

    private static final String NO_CUSTOM =
            "none with framing=custom(...), whose class is that of one application";

    private final Map<Setting, String> activation;
    private final List<SettingSource> sources;
    private final SettingRules rules;
    private final Set<String> problems = new LinkedHashSet<>();

    private SettingsReader(
            Map<Setting, String> activation, List<SettingSource> sources, SettingRules rules) {
        this.activation = activation;
        this.sources = sources;
        this.rules = rules;
    }

    /**
     * Reads and validates.
     *
     * @param activation activation properties that were given
     * @param defaultName name if none is given
     * @param sources outer sources, strongest first
     * @param rules what other rooms know
     * @throws SettingsException with all problems at once
     */
    public static ActivationSettings read(
            Map<Setting, String> activation,
            String defaultName,
            List<SettingSource> sources,
            SettingRules rules) {
        return new SettingsReader(activation, sources, rules).read(defaultName);
    }

    private ActivationSettings read(String defaultName) {
        String name = activation.getOrDefault(Setting.NAME, defaultName).strip();
        if (!isName(name)) {
            problem(name, Setting.NAME, new Given(name, "activation"), Setting.NAME.allowed());
        }
        rejectUnknown(name);
        SettingValues shared = values(name, name);
        String group = group(shared);
        int concurrency = shared.number(Setting.CONCURRENCY, 1, 1000);
        Duration drain = shared.duration(Setting.DRAIN_TIMEOUT, 0, 600_000);
        List<ListenerSettings> listeners = new ArrayList<>();
        for (String listener : listenerNames(shared, name)) {
            if (!listener.equals(name)) {
                rejectUnknown(listener);
                rejectShared(listener, name);
            }
            ListenerSettings read =
                    new ListenerReader(values(name, listener), rules).read(shared.effective());
            listeners.add(read);
            if (!group.isEmpty() && read.framing().text().startsWith("custom(")) {
                problem(listener, Setting.GROUP, shared.given(Setting.GROUP), NO_CUSTOM);
            }
            List<String> copies = read.delivery().copies();
            if (!copies.isEmpty() && !copies.contains(group)) {
                problem(
                        listener,
                        Setting.GROUP,
                        shared.given(Setting.GROUP),
                        "one of copies: " + String.join(", ", copies));
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException("activation '" + name + "'", List.copyOf(problems));
        }
        return new ActivationSettings(name, group, concurrency, drain, listeners);
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private String group(SettingValues shared) {
        if (!shared.isGiven(Setting.GROUP)) {
            return "";
        }
        String group = shared.text(Setting.GROUP);
        if (!isName(group)) {
            shared.problem(Setting.GROUP, shared.given(Setting.GROUP), Setting.GROUP.allowed());
        }
        return group;
    }

    private SettingValues values(String activationName, String listener) {
        return new SettingValues(activationName, listener, activation, sources, problems);
    }

    private Set<String> listenerNames(SettingValues shared, String name) {
        Given given = shared.given(Setting.LISTENERS);
        Set<String> names = new LinkedHashSet<>();
        for (String part : given.text().split(",", -1)) {
            String listener = part.strip();
            if (listener.isEmpty() && given.text().isBlank()) {
                return Set.of(name);
            }
            if (!isName(listener) || !names.add(listener)) {
                problem(
                        name,
                        Setting.LISTENERS,
                        given,
                        "different names: " + Setting.NAME.allowed());
            }
        }
        return names;
    }

    /** A misspelt name in a file or the environment would otherwise be ignored without a word. */
    private void rejectUnknown(String listener) {
        String prefix = "dermaga." + listener + ".";
        for (SettingSource source : sources) {
            for (String name : source.names(prefix)) {
                if (Setting.named(name).equals(Optional.of(Setting.NAME))) {
                    problem(
                            listener,
                            Setting.NAME,
                            new Given(
                                    String.valueOf(source.value(prefix + name)),
                                    source.describe(prefix + name)),
                            "only in the activation: other places find the listener by it");
                }
                if (isMisspelt(name)) {
                    problems.add(
                            "DMG1002 unknown property '%s' on listener '%s' (%s): allowed are %s"
                                    .formatted(
                                            name,
                                            listener,
                                            source.describe(prefix + name),
                                            Arrays.stream(Setting.values())
                                                    .map(Setting::property)
                                                    .collect(Collectors.joining(", "))));
                }
            }
        }
    }

    /** Not what belongs to a listener whose name begins as this one's. */
    private static boolean isMisspelt(String name) {
        String joined = name.replace("_", "").replace(".", "");
        boolean known = Setting.named(joined).isPresent();
        return joined.equals(name) ? !known : known; // DERMAGA_ORDERS_MAX_PAYLOAD
    }

    /** What is shared by all listeners of an activation cannot be set for one of them. */
    private void rejectShared(String listener, String activationName) {
        for (Setting setting : SHARED) {
            String key = "dermaga." + listener + "." + setting.property();
            for (SettingSource source : sources) {
                String text = source.value(key);
                if (text != null) {
                    problem(
                            listener,
                            setting,
                            new Given(text, source.describe(key)),
                            "only for the whole activation, as dermaga."
                                    + activationName
                                    + "."
                                    + setting.property());
                }
            }
        }
    }

    private void problem(String listener, Setting setting, Given given, String allowed) {
        problems.add(SettingValues.problem(listener, setting, given, allowed));
    }
}
