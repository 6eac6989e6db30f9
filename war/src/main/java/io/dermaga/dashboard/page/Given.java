package io.dermaga.dashboard.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parameters of an address as what they stand for. */
final class Given {

    private Given() {}

    /** Null if it is blank. */
    static @Nullable String text(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.trim();
    }

    /**
     * A parameter as what it stands for; null if it is blank.
     *
     * @throws IllegalArgumentException with what was given, if it cannot be read
     */
    static <T> @Nullable T parsed(@Nullable String value, Function<String, T> parser) {
        String text = text(value);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException unreadable) {
            throw new IllegalArgumentException(text, unreadable);
        }
    }

    /** A local time of the server. */
    static Instant instant(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.systemDefault()).toInstant();
    }

    /** A number that is not negative. */
    static long amount(String digits) {
        long amount = Long.parseLong(digits);
        if (amount < 0) {
            throw new IllegalArgumentException(digits);
        }
        return amount;
    }

    /** Values by name, of what {@link #put} has added. */
    static Function<String, @Nullable String> first(Map<String, List<String>> parameters) {
        return name -> {
            List<String> values = parameters.get(name);
            return values == null ? null : values.get(0);
        };
    }

    /** Adds a parameter to those of an address, unless it is blank. */
    static void put(Map<String, List<String>> parameters, String name, @Nullable String value) {
        String text = text(value);
        if (text != null) {
            parameters.put(name, List.of(text));
        }
    }
}
