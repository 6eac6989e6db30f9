package io.dermaga.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One action of a person or a machine. It holds neither passwords nor bytes of payloads.
 *
 * @param sequence the next one has a greater one
 * @param at when it had ended
 * @param who name of the user; null if nobody was known
 * @param address from which the request came, as the server sees it
 * @param action as {@code listeners.pause}, the same for pages and REST
 * @param target what it was done to, as an id or a name; null if there is no single one
 * @param number of the sentence that tells why it was not done; null if there is none
 * @param reason that the user gave for it; null if he was not asked for one
 */
public record AuditRecord(
        long sequence,
        Instant at,
        @Nullable String who,
        String address,
        AuditWay way,
        String action,
        @Nullable String target,
        AuditResult result,
        @Nullable String number,
        @Nullable String reason) {}
