package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.engine.detect.Detective;
import io.dermaga.engine.detect.Encryption;
import io.dermaga.engine.detect.Suspicion;
import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.settings.TlsMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells once for a connection if its peer seems to speak another protocol: at once if its first
 * bytes cannot be anything else, or when its first payload could not be taken. After that, or after
 * its first payload, nothing is kept of it. On the event loop of the connection.
 */
final class Suspicions {

    private static final int MOST_HEAD_BYTES = 256;

    /** Ends that may come of a wrong protocol; a reset may come of anything. */
    private static final Set<CloseReason> FAULTS =
            EnumSet.of(
                    CloseReason.FRAMING_ERROR,
                    CloseReason.OVERSIZE,
                    CloseReason.FRAME_TIMEOUT,
                    CloseReason.IDLE_TIMEOUT,
                    CloseReason.PEER_ENDED);

    private final Detective detective;

    /** For bytes that should be TLS. */
    private final Detective undecrypted;

    private final ListenerReports reports;

    Suspicions(Framing framing, TlsMode tls, ListenerReports reports) {
        this.detective = new Detective(framing, expected(tls));
        this.undecrypted = new Detective(framing, Encryption.REQUIRED);
        this.reports = reports;
    }

    /** Of what the framing gets: it was decrypted, if it was encrypted. */
    private static Encryption expected(TlsMode tls) {
        return switch (tls) {
            case OFF -> Encryption.OFF;
            case OPTIONAL, REQUIRED -> Encryption.OPTIONAL;
            case STARTTLS -> Encryption.STARTTLS;
        };
    }

    /** A connection that should begin with TLS begins with something else. */
    void plain(TcpConnection connection, ByteBuf head) {
        tell(connection, undecrypted.atOnce(head, connection.remoteAddress().getAddress()));
    }

    /**
     * The framing has taken a chunk, or the chunk was the fault for which the connection is being
     * closed.
     *
     * @param head the first bytes before this chunk; null if they need not be looked at any more
     * @return the first bytes with this chunk, or null
     */
    byte @Nullable [] read(TcpConnection connection, byte @Nullable [] head, ByteBuf chunk) {
        if (head == null && connection.bytesRead() != chunk.readableBytes()) {
            return null;
        }
        Intake intake = connection.handler().intake();
        boolean taken = intake.payloads() > 0;
        boolean fault = !taken && (isFault(connection) || intake.lostBytes() > 0);
        if (head != null && head.length >= MOST_HEAD_BYTES && !fault) {
            return taken ? null : head;
        }
        ByteBuf seen = chunk.slice();
        if (head != null) {
            seen = Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(head), seen);
        }
        boolean told = fault ? tellFault(connection, seen) : tellAtOnce(connection, seen);
        return told || taken || fault ? null : head(seen);
    }

    /** The connection is closed, for the reason that it knows. */
    void closed(TcpConnection connection, byte @Nullable [] head) {
        boolean taken = connection.handler().payloads() > 0; // the end may complete one
        if (head != null && !taken && isFault(connection)) {
            tellFault(connection, Unpooled.wrappedBuffer(head));
        }
    }

    private boolean tellAtOnce(TcpConnection connection, ByteBuf seen) {
        return tell(connection, detective.atOnce(seen, connection.remoteAddress().getAddress()));
    }

    private boolean tellFault(TcpConnection connection, ByteBuf seen) {
        return tell(
                connection,
                detective.afterFault(
                        seen, connection.bytesRead(), connection.remoteAddress().getAddress()));
    }

    private boolean tell(TcpConnection connection, Optional<Suspicion> suspicion) {
        suspicion.ifPresent(one -> reports.suspected(connection, one));
        return suspicion.isPresent();
    }

    private static boolean isFault(TcpConnection connection) {
        CloseReason reason = connection.reason();
        return reason != null && FAULTS.contains(reason);
    }

    private static byte[] head(ByteBuf seen) {
        int bytes = Math.min(MOST_HEAD_BYTES, seen.readableBytes());
        return ByteBufUtil.getBytes(seen, seen.readerIndex(), bytes);
    }
}
