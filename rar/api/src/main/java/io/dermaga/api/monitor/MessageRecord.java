package io.dermaga.api.monitor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finished message.
 *
 * @param sequence its number in the feed
 * @param id of the payload; where copies go to several groups of beans, {@code <payload>.<group>}:
 *     that of a dead letter which it has become
 * @param copy group of beans that it was for; empty where there is but one
 * @param connectionId of its connection
 * @param listener that took it
 * @param remoteAddress of the peer
 * @param size in bytes; for a discarded one as far as it was read
 * @param firstByteAt when the first byte of its frame was read
 * @param receiving from the first to the last byte
 * @param waiting from the last byte to the first call of a bean; zero if there was none
 * @param inBean from the first call of a bean to the outcome, waits between calls included; zero if
 *     there was none
 * @param attempts how often a bean was called
 * @param outcome how it ended
 * @param error numbered, one sentence, escaped; null on success
 * @param spilled whether it was kept on disk while it waited
 * @param stream where it lay in the stream of its connection; null if that is not known
 * @param stages what {@code waiting} and {@code inBean} consist of; null if that is not known, as
 *     of what an earlier release has recorded
 * @param acknowledgement what its peer was told of it; null if that is not known, as of what an
 *     earlier release has recorded
 */
public record MessageRecord(
        long sequence,
        String id,
        String copy,
        String connectionId,
        String listener,
        InetSocketAddress remoteAddress,
        long size,
        Instant firstByteAt,
        Duration receiving,
        Duration waiting,
        Duration inBean,
        int attempts,
        Outcome outcome,
        @Nullable String error,
        boolean spilled,
        @Nullable StreamRange stream,
        @Nullable Stages stages,
        @Nullable Acknowledgement acknowledgement) {

    /**
     * What the peer of a message was told of it. It was handed to the connection then; whether it
     * has arrived nobody here knows, and a peer that does not read may lose its connection by it.
     * Its bytes are with the {@linkplain MessageContent#acknowledgement() content}.
     *
     * @param kind what was said
     * @param bytes how many bytes it had; 0 for what was said when the message was stored
     */
    public record Acknowledgement(Kind kind, long bytes) {

        /** What is said. */
        public enum Kind {
            /** Nothing: neither framing nor bean says anything, or nobody is there any more. */
            NONE,
            /** That it was taken: by the framing, or as {@code ack} has it. */
            ACK,
            /** That it was not: by the framing, or as {@code nak} has it. */
            NAK,
            /** What the bean has replied. */
            REPLY,
            /** That it was taken, before its delivery: {@code acknowledge=ON_SPOOL}. */
            STORED
        }
    }

    /**
     * The bytes of its connection that a message was made of, those of its framing included. The
     * stream is what the peer has sent, without PROXY header and TLS. What a framing allows between
     * frames (white space, keep-alives) is of no message; of an application's own framing, neither
     * is what its class leaves out.
     *
     * @param start offset of the first byte; the first byte of the connection has 0
     * @param end offset after the last byte
     * @param reads that brought them, from 1; some may have brought other messages as well
     */
    public record StreamRange(long start, long end, int reads) {

        /** Bytes. */
        public long length() {
            return end - start;
        }
    }

    /**
     * Where the time of a message went after its last byte, in this order. The first two are {@link
     * MessageRecord#waiting}, the others {@link MessageRecord#inBean}; what did not happen is zero.
     *
     * @param spool until it came out of the spool: written, forced to disk and read again
     * @param lane until a bean was called first: for its predecessors, and for a worker
     * @param redelivery until a bean was called last: deliveries that failed, and the delay after
     *     each
     * @param bean the last call until the bean returned, the beginning of its transaction included;
     *     until the outcome where there is no transaction
     * @param commit until its transaction had ended, by commit or rollback
     */
    public record Stages(
            Duration spool, Duration lane, Duration redelivery, Duration bean, Duration commit) {}

    /** How a message ended. */
    public enum Outcome {
        /** The bean took it. */
        DELIVERED,
        /** The bean failed on it, or rolled back, for the last time. */
        FAILED,
        /** No bean saw it: oversized, incomplete, or dropped at a forced stop. */
        DISCARDED
    }
}
