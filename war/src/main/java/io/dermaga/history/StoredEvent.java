package io.dermaga.history;

import io.dermaga.api.monitor.MonitorEvent;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event as the history has it. */
@Entity
@Table(name = "event")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init") // persistence fills the fields
class StoredEvent {

    private static final List<String> COLUMNS =
            List.of("at", "kind", "listener", "connection_id", "text");
    private static final int MAX_NAME = 255;
    private static final int MAX_TEXT = 2_000;

    @Id
    @Column(name = "row_id")
    private long row;

    private long at;

    @Enumerated(EnumType.STRING)
    private MonitorEvent.Kind kind;

    private @Nullable String listener;

    @Column(name = "connection_id")
    private @Nullable String connectionId;

    private String text;

    /** For persistence. */
    protected StoredEvent() {}

    /** The latest events of a connection, the newest first. */
    static List<MonitorEvent> latest(EntityManager manager, String connection, int max) {
        return manager.createQuery(
                        "select e from StoredEvent e where e.connectionId = :id order by e.connectionId, e.at desc, e.row desc",
                        StoredEvent.class)
                .setParameter("id", connection)
                .setMaxResults(max)
                .getResultStream()
                .map(StoredEvent::facts)
                .toList();
    }

    /** Events as they are inserted. */
    static DatabaseKind.Rows rows(List<MonitorEvent> events) {
        return new DatabaseKind.Rows(
                "event", COLUMNS, events.stream().map(StoredEvent::values).toList());
    }

    private static List<@Nullable Object> values(MonitorEvent event) {
        return Arrays.asList(
                Times.nanos(event.at()),
                event.kind().name(),
                name(event.listener()),
                name(event.connectionId()),
                MessageRow.cut(event.text(), MAX_TEXT));
    }

    private static @Nullable String name(@Nullable String name) {
        return name == null ? null : MessageRow.cut(name, MAX_NAME);
    }

    /** The event as the adapter told of it; its sequence number is gone, here it is 0. */
    MonitorEvent facts() {
        return new MonitorEvent(0, Times.instant(at), kind, listener, connectionId, text);
    }
}
