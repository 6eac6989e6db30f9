package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.dashboard.connections.ConnectionColumn;
import io.dermaga.dashboard.connections.ConnectionQuery;
import io.dermaga.dashboard.connections.FoundConnections;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The open connections that an address asks for, {@code connections.xhtml?q=…} ({@link
 * ConnectionQuery}), and closing one of them.
 */
@Named("connectionsPage")
@ViewScoped
public class ConnectionsPage implements Serializable {

    private static final FoundConnections NONE = new FoundConnections(List.of(), 0, 0, 1, 1);

    @Inject private ConnectedMonitor monitor;
    @Inject private Operator operator;
    @Inject private ConnectionViews views;

    private ConnectionQuery query = ConnectionQuery.all();
    private @Nullable String refused;
    private @Nullable String closing;
    private transient @Nullable FoundConnections found;

    /** Reads the address, which stays that of the page whatever is sent from it. */
    @PostConstruct
    void open() {
        Map<String, List<String>> given =
                FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .getRequestParameterValuesMap()
                        .entrySet()
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, one -> Arrays.asList(one.getValue())));
        try {
            query = ConnectionQuery.of(given);
        } catch (IllegalArgumentException unreadable) {
            refused = unreadable.getMessage();
        }
    }

    /** Looks at the connections anew; once before every rendering, the partial ones included. */
    public void load() {
        found =
                monitor.ask(Monitor::connections)
                        .map(open -> query.find(open, Instant.now()))
                        .orElse(NONE);
    }

    /** What was found. */
    public FoundConnections getFound() {
        FoundConnections known = found;
        return known == null ? NONE : known;
    }

    /** What the address asks for. */
    public ConnectionQuery getQuery() {
        return query;
    }

    /** What was given and cannot be read; null if all can be. */
    public @Nullable String getRefused() {
        return refused;
    }

    /** Those that are shown. */
    public List<ConnectionColumn> getColumns() {
        return query.columns();
    }

    /** All that can be chosen. */
    public ConnectionColumn[] getChoices() {
        return ConnectionColumn.values();
    }

    /** Address of the same sorted by a column. */
    public String sortedBy(ConnectionColumn column) {
        return address(query.sortedBy(column));
    }

    /** How it is sorted by a column, as ARIA says it. */
    public String sort(ConnectionColumn column) {
        if (column != query.sort()) {
            return "none";
        }
        return query.descending() ? "descending" : "ascending";
    }

    /** Address of the page before; null if this is the first one. */
    public @Nullable String getBefore() {
        int shown = getFound().page();
        return shown == 1 ? null : address(query.atPage(shown - 1));
    }

    /** Address of the next page; null if this is the last one. */
    public @Nullable String getNext() {
        int shown = getFound().page();
        return shown == getFound().pages() ? null : address(query.atPage(shown + 1));
    }

    /** With the view that was opened, so that it can be saved again. */
    private String address(ConnectionQuery other) {
        return views.address(other.toString());
    }

    public List<Integer> getRowCounts() {
        return ConnectionQuery.ROWS;
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
