package io.dermaga.engine.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written {@code 512}, {@code 64KiB}, {@code 16MiB} or {@code 2GiB} (binary
 * units, IEC 80000-13).
 *
 * @param bytes 0 or more
 */
public record DataSize(long bytes) implements Comparable<DataSize> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s*(B|KiB|MiB|GiB|TiB)?");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: given=" + bytes + " allowed=0 or more");
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if the text is not of that form or exceeds 8 EiB
     */
    public static DataSize parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("not a size");
        }
        long factor = 1;
        for (String unit : UNITS) {
            if (form.group(2) == null || unit.equals(form.group(2))) {
                break;
            }
            factor <<= 10;
        }
        try {
            return new DataSize(Math.multiplyExact(Long.parseLong(form.group(1)), factor));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("not a size", e);
        }
    }

    /** The value as an {@code int}; a larger one becomes {@link Integer#MAX_VALUE}. */
    public int intBytes() {
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The written form with the largest unit that divides the value. */
    @Override
    public String toString() {
        long value = bytes;
        int unit = 0;
        while (value != 0 && value % 1024 == 0 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return value + UNITS[unit];
    }
}
