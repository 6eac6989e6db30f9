package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.dashboard.text.Format;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to show; what is null or blank does not matter.
 *
 * @param listener its name
 * @param peer part of the peer's address
 * @param outcome its name
 * @param text part of the error
 */
public record MessageFilter(
        @Nullable String listener,
        @Nullable String peer,
        @Nullable String outcome,
        @Nullable String text) {

    /** Whether it is to be shown. */
    public boolean matches(MessageRecord message) {
        return (isBlank(listener) || message.listener().equals(listener))
                && (isBlank(outcome) || message.outcome().name().equals(outcome))
                && (isBlank(peer) || contains(Format.address(message.remoteAddress()), peer))
                && (isBlank(text) || contains(message.error(), text));
    }

    private static boolean isBlank(@Nullable String wanted) {
        return wanted == null || wanted.isBlank();
    }

    private static boolean contains(@Nullable String value, @Nullable String wanted) {
        return value != null
                && wanted != null
                && value.toLowerCase(Locale.ROOT).contains(wanted.trim().toLowerCase(Locale.ROOT));
    }
}
