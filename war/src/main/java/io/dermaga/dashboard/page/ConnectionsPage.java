package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.LazyDataModel;

/** The open connections, and closing one of them. */
@Named("connectionsPage")
@RequestScoped
public class ConnectionsPage {

    @Inject private ConnectedMonitor monitor;
    @Inject private Operator operator;

    private @Nullable LazyDataModel<ConnectionSnapshot> model;
    private @Nullable String closing;

    @PostConstruct
    void load() {
        model = new ConnectionsModel(monitor);
    }

    public @Nullable LazyDataModel<ConnectionSnapshot> getModel() {
        return model;
    }

    public ConnectionSnapshot.Hold[] getHolds() {
        return ConnectionSnapshot.Hold.values();
    }

    public ConnectionState[] getStates() {
        return ConnectionState.values();
    }

    /**
     * Id of the connection to close. It is sent with the request, since the rows may have moved
     * between the click and the answer to the question.
     */
    public @Nullable String getClosing() {
        return closing;
    }

    public void setClosing(@Nullable String closing) {
        this.closing = closing;
    }

    /** Closes the connection; only for an operator. */
    public void close() {
        operator.act(
                "connections.close",
                closing == null ? "" : closing,
                "closeDone",
                "closeGone",
                Monitor::closeConnection);
    }
}
