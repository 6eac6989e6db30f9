package io.dermaga.api.monitor;

import java.util.Map;

/**
 * Monotonic counters of a listener. Every byte that was read, and every byte of a further copy, is
 * in exactly one of: envelope, delivered, failed, discarded, or still waiting ({@link
 * StageDepths}).
 *
 * @param accepted connections
 * @param refused connections turned away; those that got as far as a PROXY header or a TLS
 *     handshake are in {@code accepted} and {@code closed} as well
 * @param refusedBy the same by reason
 * @param closed connections
 * @param bytesRead from sockets, envelopes included
 * @param bytesWritten to sockets
 * @param envelopeBytes that belong to the framing (delimiters, headers), not to a payload
 * @param delivered payloads that a bean took with success; from here to {@code repeated}, each
 *     payload once for each group of beans that is given a copy
 * @param deliveredBytes their size
 * @param failed payloads on which the bean failed for the last time, and those that are kept as
 *     dead letters because they are too large
 * @param failedBytes their size
 * @param failures calls of the bean that failed, those that were followed by another included
 * @param deadLetters failed payloads that were kept
 * @param discarded payloads, whole or in part, that no bean saw: oversized, incomplete, dropped at
 *     a forced stop, repeated
 * @param discardedBytes their bytes as far as they were read
 * @param repeated discarded payloads that a peer has sent again after they were delivered
 * @param copied payloads for each group of beans beyond the first, where several are given all of
 *     them
 * @param copiedBytes their size
 */
public record Counters(
        long accepted,
        long refused,
        Map<Refusal, Long> refusedBy,
        long closed,
        long bytesRead,
        long bytesWritten,
        long envelopeBytes,
        long delivered,
        long deliveredBytes,
        long failed,
        long failedBytes,
        long failures,
        long deadLetters,
        long discarded,
        long discardedBytes,
        long repeated,
        long copied,
        long copiedBytes) {

    public Counters {
        refusedBy = Map.copyOf(refusedBy);
    }
}
