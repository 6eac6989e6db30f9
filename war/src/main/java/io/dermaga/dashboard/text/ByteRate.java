package io.dermaga.dashboard.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes in a second, written as in the settings: {@code 64KiB}; empty: no limit. */
public final class ByteRate {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB|TiB)?");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private ByteRate() {}

    /**
     * Reads the written form.
     *
     * @return 0 if the text is empty; empty if it is not of that form
     */
    public static Optional<Long> parse(String text) {
        if (text.isBlank()) {
            return Optional.of(0L);
        }
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        int unit = form.group(2) == null ? 0 : UNITS.indexOf(form.group(2));
        long factor = 1L << (10 * unit);
        long number = Long.parseLong(form.group(1));
        return number > Long.MAX_VALUE / factor ? Optional.empty() : Optional.of(number * factor);
    }
}
