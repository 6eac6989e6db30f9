package io.dermaga.adapter;

import io.dermaga.api.Connection;
import io.dermaga.api.Connections;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The administered object behind {@link Connections}. */
public class ConnectionsObject implements Connections, ResourceAdapterAssociation, Serializable {

    private static final long serialVersionUID = 1L;

    private transient @Nullable TcpResourceAdapter adapter;

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
        if (!(resourceAdapter instanceof TcpResourceAdapter tcp)) {
            throw new ResourceException(
                    "DMG1107 not Dermaga's resource adapter: " + resourceAdapter);
        }
        adapter = tcp;
    }

    private Connections running() {
        TcpResourceAdapter associated = adapter;
        if (associated == null) {
            throw new IllegalStateException("DMG1004 the adapter is stopped");
        }
        return associated.connections();
    }

    @Override
    public Optional<Connection> find(String id) {
        return running().find(id);
    }

    @Override
    public List<Connection> list() {
        return running().list();
    }

    @Override
    public List<Connection> list(String listener) {
        return running().list(listener);
    }

    @Override
    public boolean write(String id, byte[] data) {
        return running().write(id, data);
    }

    @Override
    public int broadcast(String listener, byte[] data) {
        return running().broadcast(listener, data);
    }
}
