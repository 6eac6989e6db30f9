package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.history.FoundMessages;
import io.dermaga.history.MessageHistory;
import io.dermaga.history.MessageSearch;
import io.dermaga.history.StoredMessage;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One connection, open or of the past: {@code connection.xhtml?id=…}. */
@Named("connectionPage")
@ViewScoped
public class ConnectionPage implements Serializable {

    private static final int EVENTS = 100;
    private static final int MESSAGES = 20;

    /** Where there is no history, its messages are looked for among so many. */
    private static final int LATEST = 1_000;

    @Inject private ConnectedMonitor monitor;
    @Inject private MessageHistory history;
    @Inject private Operator operator;
    @Inject private Masks masks;

    private @Nullable String id;
    private transient @Nullable ConnectionSnapshot facts;
    private transient @Nullable List<MonitorEvent> events;
    private transient @Nullable List<StoredMessage> messages;
    private transient @Nullable List<StreamRow> stream;

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    /** Reads everything anew; before every rendering, the partial ones included. */
    public void load() {
        String wanted = id;
        if (wanted == null) {
            return;
        }
        facts = monitor.ask(source -> source.connection(wanted).orElse(null)).orElse(null);
        events = events(wanted);
        messages =
                history.search(
                                new MessageSearch.Builder().connection(wanted).build(),
                                null,
                                MESSAGES)
                        .map(FoundMessages::messages)
                        .orElse(null);
        stream = StreamRow.of(messages == null ? latest(wanted) : recorded(messages));
    }

    private static Stream<MessageRecord> recorded(List<StoredMessage> messages) {
        return messages.stream().map(StoredMessage::facts);
    }

    private Stream<MessageRecord> latest(String wanted) {
        List<MessageRecord> known =
                monitor.ask(
                                source ->
                                        source
                                                .messages(source.lastMessage() - LATEST, LATEST)
                                                .stream()
                                                .filter(one -> one.connectionId().equals(wanted))
                                                .toList())
                        .orElse(List.of());
        return known.stream().skip(Math.max(0, known.size() - MESSAGES));
    }

    /** What the adapter still knows, and what the history has, which may be a little behind. */
    private List<MonitorEvent> events(String wanted) {
        List<MonitorEvent> known =
                monitor.ask(source -> LatestEvents.ofConnection(source, wanted)).orElse(List.of());
        List<MonitorEvent> kept = history.events(wanted, EVENTS).orElse(List.of());
        return Stream.concat(known.stream().map(masks::event), kept.stream())
                .distinct()
                .sorted(Comparator.comparing(MonitorEvent::at).reversed())
                .limit(EVENTS)
                .toList();
    }

    /** How it is now; null if it is not open. */
    public @Nullable ConnectionSnapshot getFacts() {
        return facts;
    }

    /** Whether an operator keeps it from reading. */
    public boolean isPaused() {
        ConnectionSnapshot now = facts;
        return now != null && now.holds().contains(Hold.OPERATOR);
    }

    /** Whether nothing is known of it. */
    public boolean isUnknown() {
        return facts == null && getEvents().isEmpty() && getMessages().isEmpty();
    }

    /** Its listener as far as it is known; null if it is not. */
    public @Nullable String getListener() {
        ConnectionSnapshot now = facts;
        if (now != null) {
            return now.listener();
        }
        return Stream.concat(
                        getMessages().stream().map(message -> message.facts().listener()),
                        getEvents().stream().map(MonitorEvent::listener))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The latest first. */
    public List<MonitorEvent> getEvents() {
        List<MonitorEvent> known = events;
        return known == null ? List.of() : known;
    }

    /** Its latest messages in the history, the newest first. */
    public List<StoredMessage> getMessages() {
        List<StoredMessage> known = messages;
        return known == null ? List.of() : known;
    }

    /** Its latest messages, in the order of the stream, with their bytes. */
    public List<StreamRow> getStream() {
        List<StreamRow> known = stream;
        return known == null ? List.of() : known;
    }

    /** Whether the history can tell of messages now. */
    public boolean isHistoryRead() {
        return messages != null;
    }

    /** Keeps it from reading; only for an operator. */
    public void pause() {
        act(
                "connections.pause",
                "pauseConnectionDone",
                "pauseConnectionGone",
                Monitor::pauseConnection);
    }

    /** Lets it read again; only for an operator. */
    public void resume() {
        act(
                "connections.resume",
                "resumeConnectionDone",
                "pauseConnectionGone",
                Monitor::resumeConnection);
    }

    /** Closes it; only for an operator. */
    public void close() {
        act("connections.close", "closeDone", "closeGone", Monitor::closeConnection);
    }

    private void act(String name, String done, String gone, Operator.Action action) {
        operator.act(name, id == null ? "" : id, done, gone, action);
    }
}
