package io.dermaga.engine.recording;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection that may be recorded, as it is when that begins.
 *
 * @param id of the connection
 * @param listener name of it
 * @param remote address of the peer, the one that a proxy has told
 * @param local address of this side
 * @param dialed whether this side has connected
 * @param tls version of TLS; null if it is not encrypted
 * @param whole whether nothing was read or written before
 * @param bytesRead before
 * @param bytesWritten before
 */
public record Subject(
        String id,
        String listener,
        InetSocketAddress remote,
        InetSocketAddress local,
        boolean dialed,
        @Nullable String tls,
        boolean whole,
        long bytesRead,
        long bytesWritten) {}
