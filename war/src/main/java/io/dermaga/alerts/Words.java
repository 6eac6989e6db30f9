package io.dermaga.alerts;

import io.dermaga.dashboard.text.Format;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;

/** Figures in the words of a sentence. */
final class Words {

    private static final Format FORMAT = new Format(Locale.ENGLISH, ZoneOffset.UTC);

    private Words() {}

    /** As a rule has it, in its largest units: {@code 5m}, {@code 1h30m}, {@code 13d22h}. */
    static String duration(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + "d" + part(duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + "h" + part(duration.toMinutesPart(), "m");
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + "m" + part(duration.toSecondsPart(), "s");
        }
        return duration.toSeconds() + "s";
    }

    private static String part(int amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }

    static String size(long bytes) {
        return FORMAT.bytes((double) bytes);
    }

    static String rate(double perSecond) {
        return FORMAT.rate(perSecond) + " payloads/s";
    }
}
