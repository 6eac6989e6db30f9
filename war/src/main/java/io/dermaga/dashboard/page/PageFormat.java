package io.dermaga.dashboard.page;

import io.dermaga.dashboard.text.Format;
import io.dermaga.dashboard.text.Visible;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@link Format} in the reader's language, for the views. */
@Named("format")
@RequestScoped
public class PageFormat {

    @Inject private Preferences preferences;

    private final Instant now = Instant.now();
    private @Nullable Format format;

    private Format format() {
        Format known = format;
        if (known == null) {
            known = new Format(preferences.getLocale(), ZoneId.systemDefault());
            format = known;
        }
        return known;
    }

    public String count(long count) {
        return format().count(count);
    }

    public String bytes(double bytes) {
        return format().bytes(bytes);
    }

    public String depth(long bytes) {
        return format().depth(bytes);
    }

    public String rate(double perSecond) {
        return format().rate(perSecond);
    }

    public String duration(Duration duration) {
        return format().duration(duration);
    }

    public String age(Instant since) {
        return format().age(since, now);
    }

    public String time(Instant instant) {
        return format().time(instant);
    }

    public String dateTime(Instant instant) {
        return format().dateTime(instant);
    }

    public String day(Instant instant) {
        return format().day(instant);
    }

    public String address(InetSocketAddress address) {
        return Format.address(address);
    }

    /** Text that may stem from a peer or from the address bar, on one line. */
    public String line(@Nullable String text) {
        return text == null ? "" : Visible.line(text);
    }

    /** The same on several lines. */
    public String lines(@Nullable String text) {
        return text == null ? "" : Visible.lines(text);
    }

    /** Name of an enum constant as it is written in style classes: {@code half-closed}. */
    public String style(Enum<?> constant) {
        return styleOf(constant);
    }

    static String styleOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
