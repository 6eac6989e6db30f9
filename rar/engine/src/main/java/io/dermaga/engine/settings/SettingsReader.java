package io.dermaga.engine.settings;

import io.dermaga.api.monitor.EffectiveSetting;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of one activation: for each setting of each listener the first that has a
 * value wins: the outer sources under the listener's name, the outer sources under the activation's
 * name, the activation property, the default.
 */
public final class SettingsReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Set<Setting> SHARED =
            EnumSet.of(Setting.NAME, Setting.LISTENERS, Setting.CONCURRENCY, Setting.DRAIN_TIMEOUT);

    /** A text and where it comes from. */
    private record Given(String text, String source) {}

    private final Map<Setting, String> activation;
    private final List<SettingSource> sources;
    private final Function<String, @Nullable String> framingProblem;
    private final Set<String> problems = new LinkedHashSet<>();

    private SettingsReader(
            Map<Setting, String> activation,
            List<SettingSource> sources,
            Function<String, @Nullable String> framingProblem) {
        this.activation = activation;
        this.sources = sources;
        this.framingProblem = framingProblem;
    }

    /**
     * Reads and validates.
     *
     * @param activation activation properties that were given
     * @param defaultName name if none is given
     * @param sources outer sources, strongest first
     * @param framingProblem what is allowed where a framing text is not; null where it is
     * @throws SettingsException with all problems at once
     */
    public static ActivationSettings read(
            Map<Setting, String> activation,
            String defaultName,
            List<SettingSource> sources,
            Function<String, @Nullable String> framingProblem) {
        return new SettingsReader(activation, sources, framingProblem).read(defaultName);
    }

    private ActivationSettings read(String defaultName) {
        String name = activation.getOrDefault(Setting.NAME, defaultName).strip();
        if (!NAME.matcher(name).matches()) {
            problem(name, Setting.NAME, new Given(name, "activation"), Setting.NAME.allowed());
        }
        rejectUnknown(name);
        ListenerReader shared = new ListenerReader(name, name);
        int concurrency = shared.number(Setting.CONCURRENCY, 1, 1000);
        Duration drain = shared.duration(Setting.DRAIN_TIMEOUT, 0, 600_000);
        List<ListenerSettings> listeners = new ArrayList<>();
        for (String listener : listenerNames(shared, name)) {
            if (!listener.equals(name)) {
                rejectUnknown(listener);
                rejectShared(listener, name);
            }
            listeners.add(new ListenerReader(name, listener).read(shared));
        }
        if (!problems.isEmpty()) {
            throw new SettingsException("activation '" + name + "'", List.copyOf(problems));
        }
        return new ActivationSettings(name, concurrency, drain, listeners);
    }

    private Set<String> listenerNames(ListenerReader shared, String name) {
        Given given = shared.given(Setting.LISTENERS);
        Set<String> names = new LinkedHashSet<>();
        for (String part : given.text().split(",", -1)) {
            String listener = part.strip();
            if (listener.isEmpty() && given.text().isBlank()) {
                return Set.of(name);
            }
            if (!NAME.matcher(listener).matches() || !names.add(listener)) {
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
                boolean foreign = name.contains(".") || name.contains("_");
                if (!foreign && Setting.named(name).isEmpty()) {
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
        problems.add(
                "DMG1001 property '%s' of listener '%s': given '%s' (%s), allowed: %s"
                        .formatted(
                                setting.property(),
                                listener,
                                given.text(),
                                given.source(),
                                allowed));
    }

    /** Reads the settings of one listener. */
    private final class ListenerReader {

        private final String activationName;
        private final String name;
        private final Map<Setting, EffectiveSetting> effective = new EnumMap<>(Setting.class);

        ListenerReader(String activationName, String name) {
            this.activationName = activationName;
            this.name = name;
        }

        /** The settings, with those that the activation's listeners share. */
        ListenerSettings read(ListenerReader shared) {
            effective.putAll(shared.effective);
            Limits limits =
                    new Limits(
                            number(Setting.MAX_CONNECTIONS, 1, 1_000_000),
                            size(Setting.MAX_PAYLOAD, "1B", "1TiB"),
                            size(Setting.SPILL_THRESHOLD, "4KiB", "1GiB"),
                            size(Setting.HIGH_WATERMARK, "4KiB", "1GiB"),
                            size(Setting.BUDGET, "1MiB", "1TiB"),
                            size(Setting.MAX_WRITE_BUFFER, "64KiB", "1GiB"),
                            duration(Setting.IDLE_TIMEOUT, 100, 86_400_000),
                            duration(Setting.FRAME_TIMEOUT, 100, 86_400_000));
            return new ListenerSettings(
                    name,
                    text(Setting.HOST),
                    number(Setting.PORT, 0, 65535),
                    number(Setting.BACKLOG, 1, 65535),
                    framing(),
                    charset(),
                    number(Setting.MAX_BATCH, 1, 100_000),
                    flag(Setting.ALLOW_HALF_OPEN),
                    flag(Setting.NO_DELAY),
                    flag(Setting.KEEP_ALIVE),
                    size(Setting.RECORD_BYTES, "0B", "1MiB"),
                    limits,
                    List.copyOf(effective.values()));
        }

        private String framing() {
            Given given = given(Setting.FRAMING);
            String allowed = framingProblem.apply(given.text());
            if (allowed != null) {
                problem(name, Setting.FRAMING, given, allowed);
            }
            return keep(Setting.FRAMING, given, given.text().strip());
        }

        private Charset charset() {
            Given given = given(Setting.CHARSET);
            try {
                Charset charset = Charset.forName(given.text().strip());
                keep(Setting.CHARSET, given, charset.name());
                return charset;
            } catch (IllegalArgumentException e) {
                problem(name, Setting.CHARSET, given, Setting.CHARSET.allowed());
                return Charset.defaultCharset();
            }
        }

        private String text(Setting setting) {
            Given given = given(setting);
            if (given.text().isBlank()) {
                problem(name, setting, given, setting.allowed());
            }
            return keep(setting, given, given.text().strip());
        }

        int number(Setting setting, int least, int most) {
            Given given = given(setting);
            try {
                int value = Integer.parseInt(given.text().strip());
                if (value >= least && value <= most) {
                    keep(setting, given, Integer.toString(value));
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below, as for a number out of range
            }
            problem(name, setting, given, setting.allowed());
            return least;
        }

        private boolean flag(Setting setting) {
            Given given = given(setting);
            String value = given.text().strip();
            if (!value.equals("true") && !value.equals("false")) {
                problem(name, setting, given, setting.allowed());
            }
            keep(setting, given, value);
            return value.equals("true");
        }

        private DataSize size(Setting setting, String least, String most) {
            Given given = given(setting);
            try {
                DataSize value = DataSize.parse(given.text());
                if (value.compareTo(DataSize.parse(least)) >= 0
                        && value.compareTo(DataSize.parse(most)) <= 0) {
                    keep(setting, given, value.toString());
                    return value;
                }
            } catch (IllegalArgumentException e) {
                // said below, as for a size out of range
            }
            problem(name, setting, given, setting.allowed());
            return DataSize.parse(least);
        }

        Duration duration(Setting setting, long leastMillis, long mostMillis) {
            Given given = given(setting);
            try {
                Duration value = Durations.parse(given.text());
                if (value.toMillis() >= leastMillis && value.toMillis() <= mostMillis) {
                    keep(setting, given, Durations.format(value));
                    return value;
                }
            } catch (IllegalArgumentException e) {
                // said below, as for a duration out of range
            }
            problem(name, setting, given, setting.allowed());
            return Duration.ofMillis(leastMillis);
        }

        Given given(Setting setting) {
            Set<String> names = new LinkedHashSet<>(List.of(name, activationName));
            for (String scope : names) {
                String key = "dermaga." + scope + "." + setting.property();
                for (SettingSource source : sources) {
                    String text = source.value(key);
                    if (text != null) {
                        return new Given(text, source.describe(key));
                    }
                }
            }
            String text = activation.get(setting);
            return text != null
                    ? new Given(text, "activation")
                    : new Given(setting.fallback(), "default");
        }

        private String keep(Setting setting, Given given, String value) {
            effective.put(setting, new EffectiveSetting(setting.property(), value, given.source()));
            return value;
        }
    }
}
