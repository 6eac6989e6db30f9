package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.history.MessageLookup;
import io.dermaga.monitor.ConnectedMonitor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** The kept messages, newest first, of which one page at a time is rendered. */
final class MessagesModel extends LazyDataModel<MessageRecord> {

    private final transient ConnectedMonitor monitor;
    private final transient MessageLookup lookup;
    private final transient Supplier<MessageFilter> filter;

    MessagesModel(ConnectedMonitor monitor, MessageLookup lookup, Supplier<MessageFilter> filter) {
        this.monitor = monitor;
        this.lookup = lookup;
        this.filter = filter;
    }

    @Override
    public int count(Map<String, FilterMeta> filterBy) {
        return filtered().size();
    }

    @Override
    public List<MessageRecord> load(
            int first,
            int pageSize,
            Map<String, SortMeta> sortBy,
            Map<String, FilterMeta> filterBy) {
        return filtered().stream().skip(first).limit(pageSize).map(lookup::covered).toList();
    }

    @Override
    public String getRowKey(MessageRecord message) {
        return Long.toString(message.sequence()); // copies of a payload have its id
    }

    private List<MessageRecord> filtered() {
        MessageFilter wanted = filter.get();
        List<MessageRecord> messages =
                new ArrayList<>(
                        monitor.ask(source -> source.messages(0, Monitor.MESSAGES_KEPT))
                                .orElse(List.of()));
        messages.removeIf(message -> !wanted.matches(message));
        Collections.reverse(messages);
        return messages;
    }
}
