package io.dermaga.engine;

import io.dermaga.api.Connection;
import io.dermaga.api.Connections;
import java.util.List;
import java.util.Optional;

/** The open connections of all listeners. */
final class EngineConnections implements Connections {

    private final Engine engine;

    EngineConnections(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Optional<Connection> find(String id) {
        return engine.listeners().stream().flatMap(one -> one.find(id).stream()).findFirst();
    }

    @Override
    public List<Connection> list() {
        return engine.listeners().stream().flatMap(one -> one.open().stream()).toList();
    }

    @Override
    public List<Connection> list(String listener) {
        return engine.listeners().stream()
                .filter(one -> one.settings().name().equals(listener))
                .flatMap(one -> one.open().stream())
                .toList();
    }

    @Override
    public boolean write(String id, byte[] data) {
        return find(id).map(connection -> connection.write(data)).orElse(false);
    }

    @Override
    public int broadcast(String listener, byte[] data) {
        return (int) list(listener).stream().filter(one -> written(one, data)).count();
    }

    private static boolean written(Connection connection, byte[] data) {
        try {
            connection.write(data);
            return true;
        } catch (IllegalStateException e) {
            return false; // DMG3007: its write buffer is full and it is closed
        }
    }
}
