package io.dermaga.api;

import java.util.List;
import java.util.Optional;

/**
 * The open connections of the adapter: an administered object, looked up by JNDI. A connection is
 * among them from its {@link OnConnect} on: one whose PROXY header or TLS handshake is not complete
 * is not.
 *
 * <pre>{@code
 * @AdministeredObjectDefinition(
 *         name = "java:app/dermaga/Connections",
 *         resourceAdapter = "dermaga",
 *         className = "io.dermaga.adapter.ConnectionsObject",
 *         interfaceName = "io.dermaga.api.Connections")
 * }</pre>
 *
 * All methods may be called from any thread and never block.
 */
public interface Connections {

    /** The open connection with this id. */
    Optional<Connection> find(String id);

    /** All open connections: a copy, in no order. */
    List<Connection> list();

    /** The open connections of one listener: a copy, in no order. */
    List<Connection> list(String listener);

    /**
     * Writes to one connection.
     *
     * @return {@code false} if there is no open connection with this id; else as {@link
     *     Connection#write(byte[])}
     */
    boolean write(String id, byte[] data);

    /**
     * Writes to every open connection of a listener. A connection whose write buffer is full is
     * closed (DMG3007), the others are served.
     *
     * @return to how many connections it was written
     */
    int broadcast(String listener, byte[] data);
}
