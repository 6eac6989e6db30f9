package io.dermaga.dashboard.connections;

import io.dermaga.dashboard.text.ByteRate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a column counts, and how a reader writes it. */
public enum Measure {
    /** {@code 250} */
    COUNT {
        @Override
        long parse(String given) {
            return Long.parseLong(given);
        }
    },
    /** {@code 64KiB}; plain numbers are bytes */
    SIZE {
        @Override
        long parse(String given) {
            return ByteRate.parse(given).orElseThrow(() -> new IllegalArgumentException(given));
        }
    },
    /** {@code 90s}, {@code 5m}, {@code 2h}, {@code 1d}; in milliseconds */
    AGE {
        @Override
        long parse(String given) {
            Matcher form = AGES.matcher(given);
            if (!form.matches()) {
                throw new IllegalArgumentException(given);
            }
            long number = Long.parseLong(form.group(1));
            return switch (form.group(2)) {
                case "s" -> Duration.ofSeconds(number).toMillis();
                case "m" -> Duration.ofMinutes(number).toMillis();
                case "h" -> Duration.ofHours(number).toMillis();
                default -> Duration.ofDays(number).toMillis();
            };
        }
    };

    private static final Pattern AGES = Pattern.compile("(\\d{1,6})\\s*([smhd])");

    /**
     * What is meant.
     *
     * @throws IllegalArgumentException if it is not of the form
     */
    abstract long parse(String given);
}
