package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.history.HistoryStatus;
import io.dermaga.history.MessageHistory;
import io.dermaga.history.MessageSearch;
import io.dermaga.history.StoredMessage;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the past: {@code
 * history.xhtml?listener=…&peer=…&outcome=…&text=…&connection=…&from=…&until=…&after=…}; times are
 * local ones of the server, such as {@code 2026-03-01T08:00}.
 */
@Named("historyPage")
@RequestScoped
public class HistoryPage {

    private static final int PAGE = 50;

    @Inject private MessageHistory history;

    private @Nullable String listener;
    private @Nullable String peer;
    private @Nullable String outcome;
    private @Nullable String text;
    private @Nullable String connection;
    private @Nullable String from;
    private @Nullable String until;
    private @Nullable String after;

    private @Nullable String refused;
    private boolean searched;
    private boolean away;
    private boolean more;
    private List<StoredMessage> rows = List.of();
    private @Nullable HistoryStatus status;

    /** Searches, once the parameters are known. */
    public void load() {
        try {
            MessageSearch wanted =
                    new MessageSearch(
                            given(listener),
                            given(peer),
                            parsed(outcome, Outcome::valueOf),
                            given(text),
                            given(connection),
                            parsed(from, HistoryPage::instant),
                            parsed(until, HistoryPage::instant));
            search(wanted, parsed(after, Long::valueOf));
        } catch (IllegalArgumentException notAllowed) {
            refused = notAllowed.getMessage();
        }
    }

    private void search(MessageSearch wanted, @Nullable Long last) {
        List<StoredMessage> found = history.search(wanted, last, PAGE + 1).orElse(null);
        away = found == null;
        if (found != null) {
            searched = true;
            more = found.size() > PAGE;
            rows = more ? List.copyOf(found.subList(0, PAGE)) : found;
        }
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.trim();
    }

    /**
     * A parameter as what it stands for.
     *
     * @throws IllegalArgumentException with what was given, if it cannot be read
     */
    private static <T> @Nullable T parsed(@Nullable String value, Function<String, T> parser) {
        String text = given(value);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw new IllegalArgumentException(text, unreadable);
        }
    }

    private static Instant instant(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.systemDefault()).toInstant();
    }

    /** What was given and cannot be read; null if all can be. */
    public @Nullable String getRefused() {
        return refused;
    }

    /** Whether the database did not answer. */
    public boolean isAway() {
        return away;
    }

    /** Whether a history is kept at all. */
    public boolean isKept() {
        return history.isKept();
    }

    /** Whether it was searched, with or without a result. */
    public boolean isSearched() {
        return searched;
    }

    /** A page of messages, the newest first. */
    public List<StoredMessage> getRows() {
        return rows;
    }

    /** Place from which the next page goes on; null if this is the last one. */
    public @Nullable Long getNext() {
        return more ? Long.valueOf(rows.get(rows.size() - 1).place()) : null;
    }

    /** How it stands with the history. */
    public HistoryStatus getStatus() {
        HistoryStatus known = status;
        if (known == null) {
            known = history.status();
            status = known;
        }
        return known;
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

    public @Nullable String getConnection() {
        return connection;
    }

    public void setConnection(@Nullable String connection) {
        this.connection = connection;
    }

    public @Nullable String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    public @Nullable String getUntil() {
        return until;
    }

    public void setUntil(@Nullable String until) {
        this.until = until;
    }

    public @Nullable String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = after;
    }
}
