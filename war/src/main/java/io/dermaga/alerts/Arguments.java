package io.dermaga.alerts;

import io.dermaga.api.monitor.ListenerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the parentheses of a condition. All that is wrong with it is collected, so
 * that whoever wrote it is told at once.
 */
final class Arguments {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(s|m|h|d)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)/(s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB|TiB)");
    private static final Pattern LISTENER = Pattern.compile("[\\w-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("DMG\\d{4}");

    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Takes them apart.
     *
     * @param written {@code listener=lab, for=5m}
     * @param allowed names of the parameters
     */
    Arguments(String written, List<String> allowed) {
        String names = allowed.isEmpty() ? "none" : String.join(", ", allowed);
        for (String part : written.isBlank() ? new String[0] : written.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            if (!allowed.contains(name)) {
                refuse("parameter", part.strip(), names + ", each as name=value");
            } else if (given.put(name, part.substring(equals + 1).strip()) != null) {
                refuse("parameter", part.strip(), name + " once");
            }
        }
    }

    /** What is wrong, each as a part of a sentence. */
    List<String> problems() {
        return problems;
    }

    void refuse(String what, String was, String allowed) {
        problems.add("%s: given '%s', allowed: %s".formatted(what, was, allowed));
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    /** The name of a listener; null if none is given. */
    @Nullable String listener() {
        return text("listener", LISTENER, "the name of a listener");
    }

    /** The number of a warning; null if none is given. */
    @Nullable String number() {
        return text("number", NUMBER, "a number of docs/messages.md, as DMG2107");
    }

    private @Nullable String text(String name, Pattern form, String allowed) {
        String text = given.get(name);
        if (text != null && !form.matcher(text).matches()) {
            refuse(name, text, allowed);
        }
        return text;
    }

    /** A duration, which must be given. */
    Duration duration(String name, Duration most) {
        String text = given.getOrDefault(name, "");
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            Duration duration =
                    seconds(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
            if (!duration.isZero() && duration.compareTo(most) <= 0) {
                return duration;
            }
        }
        refuse(name, text, "1s to " + Words.duration(most) + ", as 30s, 5m, 2h, 14d");
        return most;
    }

    /** Payloads for each second, which must be given. */
    double rate(String name) {
        String text = given.getOrDefault(name, "");
        Matcher matcher = RATE.matcher(text);
        if (matcher.matches()) {
            return Double.parseDouble(matcher.group(1)) / seconds(matcher.group(2)).toSeconds();
        }
        refuse(name, text, "payloads for a time, as 2000/s, 10/m, 5/h");
        return 0;
    }

    private static Duration seconds(String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    /** A count, which must be given. */
    long count(String name) {
        String text = given.getOrDefault(name, "");
        if (text.matches("\\d{1,9}")) {
            return Long.parseLong(text);
        }
        refuse(name, text, "0 to 999999999");
        return 0;
    }

    /** A size in bytes, which must be given. */
    long size(String name) {
        String text = given.getOrDefault(name, "");
        Matcher matcher = SIZE.matcher(text);
        if (matcher.matches()) {
            int power = List.of("KiB", "MiB", "GiB", "TiB").indexOf(matcher.group(2)) + 1;
            return Long.parseLong(matcher.group(1)) << (10 * power);
        }
        refuse(name, text, "a size, as 512MiB, 10GiB");
        return 0;
    }

    /** The state of a listener, which must be given. */
    ListenerState state(String name) {
        String text = given.getOrDefault(name, "");
        for (ListenerState state : ListenerState.values()) {
            if (state.name().equals(text.toUpperCase(Locale.ROOT))) {
                return state;
            }
        }
        refuse(
                name,
                text,
                Arrays.stream(ListenerState.values())
                        .map(Enum::name)
                        .collect(Collectors.joining(", ")));
        return ListenerState.FAILED;
    }
}
