package io.dermaga.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is to be recorded; the log adds when. The same components as {@link AuditRecord}. */
public record AuditEntry(
        @Nullable String who,
        String address,
        AuditWay way,
        String action,
        @Nullable String target,
        AuditResult result,
        @Nullable String number,
        @Nullable String reason) {

    private static final Pattern NUMBER = Pattern.compile("^(DMG[0-9]{4})\\b");

    /** One for which nobody was asked for a reason. */
    public AuditEntry(
            @Nullable String who,
            String address,
            AuditWay way,
            String action,
            @Nullable String target,
            AuditResult result,
            @Nullable String number) {
        this(who, address, way, action, target, result, number, null);
    }

    /** The number with which a sentence begins; null if it has none. */
    public static @Nullable String numberOf(@Nullable String sentence) {
        if (sentence == null) {
            return null;
        }
        Matcher found = NUMBER.matcher(sentence);
        return found.find() ? found.group(1) : null;
    }
}
