package io.dermaga.engine.monitor;

import java.net.InetSocketAddress;

/**
 * Where messages come from; one object serves all messages of a connection.
 *
 * @param charset name of the charset of the listener
 */
public record Origin(
        String connectionId, String listener, InetSocketAddress remoteAddress, String charset) {}
