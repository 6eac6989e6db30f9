package io.dermaga.dashboard.text;

import java.net.InetSocketAddress;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, sizes, durations and times as people of a locale read them. */
public final class Format {

    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final NumberFormat whole;
    private final NumberFormat oneDigit;
    private final DateTimeFormatter time;
    private final DateTimeFormatter day;
    private final DateTimeFormatter dateTime;

    public Format(Locale locale, ZoneId zone) {
        whole = NumberFormat.getIntegerInstance(locale);
        oneDigit = NumberFormat.getNumberInstance(locale);
        oneDigit.setMaximumFractionDigits(1);
        oneDigit.setMinimumFractionDigits(1);
        time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", locale).withZone(zone);
        day = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", locale).withZone(zone);
        dateTime =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS xxx", locale).withZone(zone);
    }

    /** A count with the locale's grouping. */
    public String count(long count) {
        return whole.format(count);
    }

    /** A size in binary units: {@code 1.2 MiB}. */
    public String bytes(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < SIZES.length - 1) {
            value /= 1024;
            unit++;
        }
        return (unit == 0 || value >= 100 ? whole : oneDigit).format(value) + ' ' + SIZES[unit];
    }

    /** A size, or a dash where the system does not tell (-1). */
    public String depth(long bytes) {
        return bytes < 0 ? "–" : bytes((double) bytes);
    }

    /** Something per second; small rates keep a digit. */
    public String rate(double perSecond) {
        return perSecond > 0 && perSecond < 10
                ? oneDigit.format(perSecond)
                : whole.format(perSecond);
    }

    /** A duration in its two largest units at most: {@code 3.2 ms}, {@code 4 min 10 s}. */
    public String duration(Duration duration) {
        double micros = duration.toNanos() / 1e3;
        if (micros <= 0) {
            return "0 µs";
        }
        if (micros < 1e3) {
            return whole.format(micros) + " µs";
        }
        if (micros < 1e6) {
            return fraction(micros / 1e3) + " ms";
        }
        if (micros < 60e6) {
            return fraction(micros / 1e6) + " s";
        }
        return longDuration(duration);
    }

    /** How long ago, in whole seconds at least. */
    public String age(Instant since, Instant now) {
        Duration age = Duration.between(since, now);
        if (age.isNegative()) {
            return "0 s";
        }
        return age.toSeconds() < 60 ? age.toSeconds() + " s" : longDuration(age);
    }

    /** The time of day with milliseconds. */
    public String time(Instant instant) {
        return time.format(instant);
    }

    /** Date and time. */
    public String day(Instant instant) {
        return day.format(instant);
    }

    /** Date, time and offset. */
    public String dateTime(Instant instant) {
        return dateTime.format(instant);
    }

    /** Numeric address and port; IPv6 in brackets. Never resolves a name. */
    public static String address(InetSocketAddress address) {
        String host =
                address.getAddress() == null
                        ? address.getHostString()
                        : address.getAddress().getHostAddress();
        return Visible.line(host.indexOf(':') < 0 ? host : '[' + host + ']')
                + ':'
                + address.getPort();
    }

    private String fraction(double value) {
        return (value < 100 ? oneDigit : whole).format(value);
    }

    private static String longDuration(Duration duration) {
        if (duration.toHours() < 1) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        if (duration.toDays() < 1) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
}
