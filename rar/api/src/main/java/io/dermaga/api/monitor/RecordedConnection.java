package io.dermaga.api.monitor;

import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connection in a recording.
 *
 * @param id of the connection
 * @param listener that it belonged to
 * @param remoteAddress of the peer
 * @param localAddress of this side
 * @param firstAt when its recording begins
 * @param lastAt of what was recorded last
 * @param whole whether it was recorded from its beginning on
 * @param end how it has ended, a {@link io.dermaga.api.CloseReason}, or {@code CUT} if the disk was
 *     slower than it; null if it was open when the recording ended
 * @param bytesRead bytes of the peer
 * @param bytesWritten bytes to the peer
 */
public record RecordedConnection(
        String id,
        String listener,
        InetSocketAddress remoteAddress,
        InetSocketAddress localAddress,
        Instant firstAt,
        Instant lastAt,
        boolean whole,
        @Nullable String end,
        long bytesRead,
        long bytesWritten) {}
