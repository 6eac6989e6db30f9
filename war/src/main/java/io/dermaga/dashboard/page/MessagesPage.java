package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.history.MessageLookup;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Servlets;
import org.primefaces.model.LazyDataModel;

/** The kept messages: {@code messages.xhtml?listener=…&peer=…&outcome=…&text=…}. */
@Named("messagesPage")
@ViewScoped
public class MessagesPage implements Serializable {

    @Inject private ConnectedMonitor monitor;
    @Inject private MessageLookup lookup;

    private transient @Nullable LazyDataModel<MessageRecord> model;
    private @Nullable String listener;
    private @Nullable String peer;
    private @Nullable String outcome;
    private @Nullable String text;

    /** The messages that match the filter. */
    public LazyDataModel<MessageRecord> getModel() {
        LazyDataModel<MessageRecord> known = model;
        if (known == null) {
            known =
                    new MessagesModel(
                            monitor,
                            lookup,
                            () -> new MessageFilter(listener, peer, outcome, text));
            model = known;
        }
        return known;
    }

    /** Query of the address with this filter. */
    public String getQuery() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        put(parameters, "listener", listener);
        put(parameters, "peer", peer);
        put(parameters, "outcome", outcome);
        put(parameters, "text", text);
        return Servlets.toQueryString(parameters);
    }

    private static void put(
            Map<String, List<String>> parameters, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            parameters.put(name, List.of(value));
        }
    }

    public List<String> getListeners() {
        return monitor.ask(Monitor::snapshot).stream()
                .flatMap(snapshot -> snapshot.listeners().stream())
                .map(ListenerSnapshot::name)
                .toList();
    }

    public Outcome[] getOutcomes() {
        return Outcome.values();
    }

    public @Nullable String getListener() {
        return listener;
    }

    public void setListener(@Nullable String listener) {
        this.listener = listener;
    }

    public @Nullable String getPeer() {
        return peer;
    }

    public void setPeer(@Nullable String peer) {
        this.peer = peer;
    }

    public @Nullable String getOutcome() {
        return outcome;
    }

    public void setOutcome(@Nullable String outcome) {
        this.outcome = outcome;
    }

    public @Nullable String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text;
    }
}
