package io.dermaga.engine.settings;

import io.dermaga.api.monitor.EffectiveSetting;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of one listener by type: each read from the first place that has it, checked, and kept
 * with its source. What is not allowed becomes a problem, and reading goes on.
 */
final class SettingValues {

    private static final String HIDDEN = "********";

    /** A text and where it comes from. */
    record Given(String text, String source) {}

    private final String activationName;
    private final String name;
    private final Map<Setting, String> activation;
    private final List<SettingSource> sources;
    private final Collection<String> problems;
    private final Map<Setting, EffectiveSetting> effective = new EnumMap<>(Setting.class);

    /**
     * @param activation activation properties that were given
     * @param sources outer sources, strongest first
     * @param problems gets what is not allowed
     */
    SettingValues(
            String activationName,
            String name,
            Map<Setting, String> activation,
            List<SettingSource> sources,
            Collection<String> problems) {
        this.activationName = activationName;
        this.name = name;
        this.activation = activation;
        this.sources = sources;
        this.problems = problems;
    }

    String name() {
        return name;
    }

    /** What was read so far, those of the whole activation included. */
    Map<Setting, EffectiveSetting> effective() {
        return effective;
    }

    Charset charset(Setting setting) {
        Given given = given(setting);
        try {
            Charset charset = Charset.forName(given.text().strip());
            keep(setting, given, charset.name());
            return charset;
        } catch (IllegalArgumentException e) {
            problem(setting, given, setting.allowed());
            return Charset.defaultCharset();
        }
    }

    String text(Setting setting) {
        Given given = given(setting);
        if (given.text().isBlank()) {
            problem(setting, given, setting.allowed());
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
        problem(setting, given, setting.allowed());
        return least;
    }

    boolean flag(Setting setting) {
        Given given = given(setting);
        String value = given.text().strip();
        if (!value.equals("true") && !value.equals("false")) {
            problem(setting, given, setting.allowed());
        }
        keep(setting, given, value);
        return value.equals("true");
    }

    DataSize size(Setting setting, String least, String most) {
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
        problem(setting, given, setting.allowed());
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
        problem(setting, given, setting.allowed());
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

    /** Whether there is a value; if there is none, that is kept. */
    boolean isGiven(Setting setting) {
        Given given = given(setting);
        if (given.text().isBlank()) {
            keep(setting, given, "");
            return false;
        }
        return true;
    }

    /** What is separated by commas; empty if nothing is given. */
    List<String> list(Setting setting) {
        Given given = given(setting);
        List<String> parts =
                Arrays.stream(given.text().split(",", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
        keep(setting, given, String.join(",", parts));
        return parts;
    }

    List<AddressRange> ranges(Setting setting) {
        List<String> parts = list(setting);
        try {
            return parts.stream().map(AddressRange::parse).toList();
        } catch (IllegalArgumentException e) {
            problem(setting, given(setting), setting.allowed());
            return List.of();
        }
    }

    /** Bytes in a second; null if there is no limit. */
    @Nullable DataSize rate(Setting setting) {
        return isGiven(setting) ? size(setting, "1KiB", "1TiB") : null;
    }

    /** What nobody is shown. */
    String secret(Setting setting) {
        Given given = given(setting);
        keep(setting, given, given.text().isEmpty() ? "" : HIDDEN);
        return given.text();
    }

    String keep(Setting setting, Given given, String value) {
        effective.put(setting, new EffectiveSetting(setting.property(), value, given.source()));
        return value;
    }

    /** One of the names of an enumeration, in upper case. */
    <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
        Given given = given(setting);
        String text = given.text().strip();
        for (E one : type.getEnumConstants()) {
            if (one.name().equals(text)) {
                keep(setting, given, text);
                return one;
            }
        }
        String names =
                Arrays.stream(type.getEnumConstants())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "));
        problem(setting, given, names);
        return type.getEnumConstants()[0];
    }

    void problem(Setting setting, Given given, String allowed) {
        problems.add(problem(name, setting, given, allowed));
    }

    static String problem(String listener, Setting setting, Given given, String allowed) {
        return "DMG1001 property '%s' of listener '%s': given '%s' (%s), allowed: %s"
                .formatted(
                        setting.property(),
                        listener,
                        setting.isSecret() && !given.text().isEmpty() ? HIDDEN : given.text(),
                        given.source(),
                        allowed);
    }
}
