package io.dermaga.rest;

import io.dermaga.history.MessagePlace;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Texts of a request as what they stand for; null stays null. What cannot be read is refused. */
final class Values {

    /** Rows of a page if nothing is asked for. */
    static final int LIMIT = 50;

    /** Rows of a page at most. */
    static final int MOST = 1000;

    private Values() {}

    static @Nullable Instant instant(String name, @Nullable String given) {
        try {
            return given == null ? null : Instant.parse(given);
        } catch (DateTimeException unreadable) {
            throw Refused.bad("parameter '" + name + "'", given, "a time as 2026-03-01T08:00:00Z");
        }
    }

    static @Nullable Duration duration(String name, @Nullable String given) {
        try {
            return given == null ? null : Duration.parse(given);
        } catch (DateTimeException unreadable) {
            throw Refused.bad("parameter '" + name + "'", given, "a duration as PT0.5S");
        }
    }

    /** The end of a page before. */
    static @Nullable MessagePlace place(String name, @Nullable String given) {
        try {
            return given == null ? null : MessagePlace.of(given);
        } catch (IllegalArgumentException unreadable) {
            throw Refused.bad("parameter '" + name + "'", given, "what a page gives as 'next'");
        }
    }

    static <E extends Enum<E>> @Nullable E constant(
            String name, @Nullable String given, Class<E> type) {
        if (given == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equals(given))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refused.bad(
                                        "parameter '" + name + "'",
                                        given,
                                        Arrays.stream(type.getEnumConstants())
                                                .map(Enum::name)
                                                .collect(Collectors.joining(", "))));
    }

    static boolean flag(String name, @Nullable String given, boolean otherwise) {
        if (given == null) {
            return otherwise;
        }
        return switch (given) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refused.bad("parameter '" + name + "'", given, "true, false");
        };
    }

    static @Nullable Long number(String name, @Nullable String given, long least, long most) {
        if (given == null) {
            return null;
        }
        try {
            long number = Long.parseLong(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // told below
        }
        throw Refused.bad("parameter '" + name + "'", given, least + " to " + most);
    }

    /** The parameter {@code limit}: how many rows a page has at most. */
    static int limit(@Nullable String given) {
        Long number = number("limit", given, 1, MOST);
        return number == null ? LIMIT : number.intValue();
    }
}
