package io.dermaga.engine.spool;

import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Instant;

/**
 * What is kept of the connection that payloads came from. Made once for a connection.
 *
 * @param id unique over all runs
 * @param openedAt when it was accepted
 * @param remote address of the peer
 * @param local address that it connected to
 * @param charset of its texts
 */
public record SpooledConnection(
        String id,
        Instant openedAt,
        InetSocketAddress remote,
        InetSocketAddress local,
        Charset charset) {}
