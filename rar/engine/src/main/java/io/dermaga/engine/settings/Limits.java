package io.dermaga.engine.settings;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * What peers may take of a listener. There is no "unlimited".
 *
 * @param maxConnections open at a time; more are refused
 * @param maxPayload largest payload
 * @param spillThreshold a growing payload larger than this goes to disk
 * @param highWatermark bytes waiting in a connection's lane above which it stops reading; it reads
 *     again below half of it
 * @param budget bytes that all connections of the listener hold in memory
 * @param maxWriteBuffer bytes queued for one connection
 * @param idleTimeout without reading and writing
 * @param frameTimeout from the first to the last byte of a payload
 * @param handshakeTimeout from the connection to the end of what comes before its first payload: a
 *     PROXY header, a TLS handshake
 * @param firstByteTimeout from then on until the first byte
 * @param readTimeout without reading
 * @param writeTimeout without the peer taking anything of what waits for it
 */
public record Limits(
        int maxConnections,
        DataSize maxPayload,
        DataSize spillThreshold,
        DataSize highWatermark,
        DataSize budget,
        DataSize maxWriteBuffer,
        Duration idleTimeout,
        Duration frameTimeout,
        Duration handshakeTimeout,
        Duration firstByteTimeout,
        Duration readTimeout,
        Duration writeTimeout) {

    /** The shortest deadline. */
    public Duration shortest() {
        return Collections.min(
                List.of(
                        idleTimeout,
                        frameTimeout,
                        handshakeTimeout,
                        firstByteTimeout,
                        readTimeout,
                        writeTimeout));
    }
}
