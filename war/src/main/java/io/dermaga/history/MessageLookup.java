package io.dermaga.history;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** One message by its id: from the adapter while it remembers it, else from the history. */
@ApplicationScoped
public class MessageLookup {

    @Inject private ConnectedMonitor monitor;
    @Inject private MessageHistory history;

    /** The facts; empty as well if the adapter has forgotten it and the database is away. */
    public Optional<MessageRecord> find(String id) {
        return monitor.ask(source -> source.message(id))
                .flatMap(known -> known)
                .or(() -> history.find(id).map(StoredMessage::facts));
    }

    /** What is kept of its content; empty if nothing is. */
    public Optional<MessageContent> content(String id) {
        return monitor.ask(source -> source.content(id))
                .flatMap(known -> known)
                .or(() -> history.find(id).flatMap(history::content));
    }
}
