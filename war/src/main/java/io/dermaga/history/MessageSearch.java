package io.dermaga.history;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to find; what is null does not matter.
 *
 * @param listener its name
 * @param peer part of its address, in any case
 * @param outcome how it ended
 * @param error part of its text, in any case
 * @param connection id of its connection
 * @param from when its first byte came, at the earliest
 * @param until when its first byte came, earlier than this
 */
public record MessageSearch(
        @Nullable String listener,
        @Nullable String peer,
        @Nullable Outcome outcome,
        @Nullable String error,
        @Nullable String connection,
        @Nullable Instant from,
        @Nullable Instant until) {

    private static final char ESCAPE = '\\';

    /** All messages. */
    public static final MessageSearch ALL =
            new MessageSearch(null, null, null, null, null, null, null);

    /**
     * The newest that are found, the newest first.
     *
     * @param after place of the last one of the page before; null: from the newest on
     */
    List<StoredMessage> run(EntityManager manager, @Nullable Long after, int max) {
        CriteriaBuilder builder = manager.getCriteriaBuilder();
        CriteriaQuery<StoredMessage> query = builder.createQuery(StoredMessage.class);
        Root<StoredMessage> message = query.from(StoredMessage.class);
        List<Predicate> wanted = new ArrayList<>();
        List<Order> order = new ArrayList<>();
        if (listener != null) {
            wanted.add(builder.equal(message.get("listener"), listener));
            order.add(builder.asc(message.get("listener"))); // or H2 leaves its index alone
        }
        order.add(builder.asc(message.get("place")));
        if (after != null) {
            wanted.add(builder.greaterThan(message.get("place"), after));
        }
        if (peer != null) {
            wanted.add(contains(builder, message, "peer", peer));
        }
        if (outcome != null) {
            wanted.add(builder.equal(message.get("outcome"), outcome));
        }
        if (error != null) {
            wanted.add(contains(builder, message, "error", error));
        }
        if (connection != null) {
            wanted.add(builder.like(message.get("id"), escaped(connection) + ".%", ESCAPE));
        }
        if (from != null) {
            wanted.add(builder.greaterThanOrEqualTo(message.get("firstByteAt"), Times.nanos(from)));
        }
        if (until != null) {
            wanted.add(builder.lessThan(message.get("firstByteAt"), Times.nanos(until)));
        }
        TypedQuery<StoredMessage> typed =
                manager.createQuery(query.where(wanted.toArray(Predicate[]::new)).orderBy(order));
        return typed.setMaxResults(max).getResultList();
    }

    private static Predicate contains(
            CriteriaBuilder builder, Root<StoredMessage> message, String name, String part) {
        return builder.like(
                builder.lower(message.get(name)),
                "%" + escaped(part.toLowerCase(Locale.ROOT)) + "%",
                ESCAPE);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
