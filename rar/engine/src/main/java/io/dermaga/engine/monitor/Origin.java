package io.dermaga.engine.monitor;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where messages come from; one object serves all messages of a connection.
 *
 * @param copy group of beans that they are for; empty where there is but one
 * @param charset name of the charset of the listener
 * @param reads the latest of the connection; null if they are not known
 */
public record Origin(
        String connectionId,
        String listener,
        String copy,
        InetSocketAddress remoteAddress,
        String charset,
        @Nullable ReadRing reads) {

    /** What stands behind the number of a payload in the id of what became of it. */
    String idEnd() {
        return copy.isEmpty() ? "" : "." + copy;
    }

    /** In words: {@code 10.0.0.7:2575 on listener 'adt'}, and the group if it is one of several. */
    public String text() {
        return Peer.text(remoteAddress)
                + (" on listener '" + listener + "'")
                + (copy.isEmpty() ? "" : " for group '" + copy + "'");
    }
}
