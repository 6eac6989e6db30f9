package io.dermaga.history;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Searches from the newest message on, a span of time after another, each with more messages than
 * the one before, until enough are found or it has taken long enough. So the time of a search is
 * bounded, whatever is searched for, in a database of any size. Where an index finds parts of
 * texts, it finds the rest at once. One thread at a time.
 */
final class MessageFinder {

    private static final int FIRST_SPAN = 1_000;
    private static final int LONGEST_SPAN = 16_000;
    private static final int GROWTH = 4;

    private static final String COLUMNS =
            "row_id, message_id, copy, connection_id, listener, peer, size, first_byte_at, ended_at,"
                    + " receiving, waiting, in_bean, attempts, outcome, error, spilled, attributes,"
                    + " stream_start, stream_end, stream_reads, spool, redelivery, commit_time, told, told_bytes";

    /** Sorted, so that the index of the order is left alone. */
    private static final String BY_END = " order by ended_at + 0 desc, row_id desc";

    private final EntityManager manager;
    private final MessageSearch wanted;
    private final boolean findsParts;
    private final long deadline;

    /**
     * @param limit after which it ends with what it has found
     */
    MessageFinder(EntityManager manager, DatabaseKind kind, MessageSearch wanted, Duration limit) {
        this.manager = manager;
        this.wanted = wanted;
        this.findsParts = kind.findsParts() && wanted.hasPart();
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /**
     * Searches.
     *
     * @param after place of the last one of the page before; null: from the newest on
     * @param max at most so many
     */
    FoundMessages find(@Nullable MessagePlace after, int max) {
        List<StoredMessage> found = new ArrayList<>();
        long newest = newest(after);
        for (int span = FIRST_SPAN; ; span = Math.min(LONGEST_SPAN, span * GROWTH)) {
            // what is frequent is found soon, by looking; for what is not, the index of parts is
            // asked once
            boolean isRest = findsParts && span == LONGEST_SPAN;
            Long oldest = isRest ? null : oldestOf(newest, span);
            found.addAll(search(newest, oldest, after, max + 1 - found.size()));
            if (found.size() > max) {
                return new FoundMessages(found.subList(0, max), found.get(max - 1).place(), true);
            }
            if (oldest == null) {
                return new FoundMessages(found, null, false);
            }
            if (System.nanoTime() > deadline) {
                return new FoundMessages(found, new MessagePlace(oldest, 0), false);
            }
            newest = oldest - 1;
        }
    }

    private long newest(@Nullable MessagePlace after) {
        long until = wanted.until() == null ? Long.MAX_VALUE : Times.nanos(wanted.until()) - 1;
        return after == null ? until : Math.min(until, after.endedAt());
    }

    /** When the last of so many messages ended that an index finds; null if there are fewer. */
    private @Nullable Long oldestOf(long newest, int span) {
        Conditions conditions = from(new Conditions().and("ended_at <= ?", newest));
        wanted.indexed().ifPresent(one -> conditions.equal(one.column(), one.value()));
        String sql = "select ended_at from message%s%s limit 1 offset %d";
        return rows(
                        manager.createNativeQuery(sql.formatted(conditions.where(), order(), span)),
                        conditions)
                .map(row -> ((Number) row).longValue())
                .findFirst()
                .orElse(null);
    }

    /**
     * @param oldest null: all the rest
     */
    private List<StoredMessage> search(
            long newest, @Nullable Long oldest, @Nullable MessagePlace after, int max) {
        boolean asksParts = oldest == null && findsParts;
        Conditions conditions = wanted.conditions(asksParts).and("ended_at <= ?", newest);
        String order = asksParts ? BY_END : order();
        if (oldest == null) {
            from(conditions);
        } else {
            conditions.and("ended_at >= ?", oldest);
        }
        if (after != null && newest == after.endedAt()) {
            conditions.and("(ended_at < ? or row_id < ?)", after.endedAt(), after.row());
        }
        String sql = "select %s from message%s%s limit %d";
        return rows(
                        manager.createNativeQuery(
                                sql.formatted(COLUMNS, conditions.where(), order, max),
                                StoredMessage.class),
                        conditions)
                .map(StoredMessage.class::cast)
                .toList();
    }

    private Conditions from(Conditions conditions) {
        return wanted.from() == null
                ? conditions
                : conditions.and("ended_at >= ?", Times.nanos(wanted.from()));
    }

    /** H2 takes an index only if the order begins with its first column. */
    private String order() {
        return " order by "
                + wanted.indexed().map(one -> one.column() + ", ").orElse("")
                + "ended_at desc, row_id desc";
    }

    private static Stream<?> rows(Query query, Conditions conditions) {
        List<Object> values = conditions.values();
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return query.getResultList().stream();
    }
}
