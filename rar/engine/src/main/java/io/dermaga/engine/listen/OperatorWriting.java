package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.WriteRequest;
import io.dermaga.engine.framing.Enclosure;
import io.dermaga.engine.framing.Framing;
import java.nio.ByteBuffer;

/**
 * Writes what an operator gives to a connection, or says why not: it neither waits for the peer nor
 * lets more wait for it than a bean that heeds {@code write} would. Any thread but an event loop.
 */
final class OperatorWriting {

    private OperatorWriting() {}

    /**
     * @return how many bytes were queued, with what the framing has put around them
     * @throws IllegalArgumentException DMG1001 if there are none or too many, DMG1011 if the
     *     framing cannot take them
     * @throws IllegalStateException DMG3318 if this side of the connection is not open, DMG3319 if
     *     the peer does not read
     */
    static int write(TcpConnection connection, WriteRequest request) {
        byte[] content = content(request);
        if (!connection.isReady()) {
            throw notOpen(connection, "it is not open yet");
        }
        byte[] bytes = request.enclosed() ? enclosed(connection, content) : content;
        switch (connection.offer(bytes)) {
            case ENDED -> throw notOpen(connection, "this side has ended");
            case FULL ->
                    throw new IllegalStateException(
                            "DMG3319 connection %s takes no %d bytes: %d bytes wait for its peer"
                                    .formatted(
                                            connection.id(),
                                            bytes.length,
                                            connection.queuedBytes()));
            default -> {
                return bytes.length;
            }
        }
    }

    private static byte[] content(WriteRequest request) {
        ByteBuffer content = request.content();
        if (!content.hasRemaining() || content.remaining() > WriteRequest.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "DMG1001 'content': given %d bytes, allowed: 1 to %d"
                            .formatted(content.remaining(), WriteRequest.MOST_BYTES));
        }
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    private static IllegalStateException notOpen(TcpConnection connection, String why) {
        ConnectionState state = connection.state();
        return new IllegalStateException(
                "DMG3318 connection %s takes no bytes: %s, state=%s"
                        .formatted(connection.id(), why, state));
    }

    private static byte[] enclosed(TcpConnection connection, byte[] payload) {
        Framing framing = connection.framing();
        return Enclosure.inListener(
                framing,
                payload,
                connection.settings().framing().text(),
                connection.settings().name());
    }
}
