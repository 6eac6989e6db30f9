package io.dermaga.audit;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which records are wanted: those for which all that is given holds.
 *
 * @param who the whole name
 * @param action its beginning, in upper or lower case: {@code listeners} means all that is done to
 *     them
 * @param from then or later
 * @param until earlier than this
 */
public record AuditSearch(
        @Nullable String who,
        @Nullable String action,
        @Nullable AuditResult result,
        @Nullable Instant from,
        @Nullable Instant until) {

    /** All. */
    public static final AuditSearch ALL = new AuditSearch(null, null, null, null, null);

    boolean matches(AuditRecord one) {
        return (who == null || who.equals(one.who()))
                && (action == null || begins(one.action(), action))
                && (result == null || result == one.result())
                && (from == null || !one.at().isBefore(from))
                && (until == null || one.at().isBefore(until));
    }

    private static boolean begins(String whole, String part) {
        return whole.toLowerCase(Locale.ROOT).startsWith(part.toLowerCase(Locale.ROOT));
    }
}
