package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.history.FoundMessages;
import io.dermaga.history.HistoryStatus;
import io.dermaga.history.MessageHistory;
import io.dermaga.history.MessagePlace;
import io.dermaga.history.MessageSearch;
import io.dermaga.history.StoredMessage;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Servlets;

/**
 * Messages of the past: {@code
 * history.xhtml?listener=…&outcome=…&connection=…&peer=…&error=…&text=…&attribute=…&from=…&until=…&minSize=…&maxSize=…&minMillis=…&minAttempts=…&after=…};
 * times are local ones of the server, such as {@code 2026-03-01T08:00}.
 */
@Named("historyPage")
@RequestScoped
public class HistoryPage {

    private static final int PAGE = 50;

    @Inject private MessageHistory history;
    @Inject private Contents contents;

    private @Nullable String listener;
    private @Nullable String peer;
    private @Nullable String outcome;
    private @Nullable String error;
    private @Nullable String text;
    private @Nullable String attribute;
    private @Nullable String connection;
    private @Nullable String from;
    private @Nullable String until;
    private @Nullable String minSize;
    private @Nullable String maxSize;
    private @Nullable String minMillis;
    private @Nullable String minAttempts;
    private @Nullable String after;

    private @Nullable String refused;
    private boolean away;
    private boolean attributesShown;
    private @Nullable FoundMessages found;
    private @Nullable HistoryStatus status;

    /** Searches, once the parameters are known. */
    public void load() {
        try {
            MessageSearch wanted = HistoryQuery.of(Given.first(parameters()));
            MessagePlace place = Given.parsed(after, MessagePlace::of);
            Supplier<Optional<FoundMessages>> search = () -> history.search(wanted, place, PAGE);
            Optional<FoundMessages> answer =
                    isByContent() ? contents.read("messages.search", null, search) : search.get();
            found = answer.orElse(null);
            attributesShown = answer.filter(this::showsAttributes).isPresent();
            away = found == null && !isForbidden();
        } catch (IllegalArgumentException notAllowed) {
            refused = notAllowed.getMessage();
        }
    }

    private boolean isByContent() {
        return Given.text(text) != null || Given.text(attribute) != null;
    }

    /** Whether contents were searched for by somebody who may not see them. */
    public boolean isForbidden() {
        return isByContent() && !contents.isAllowed();
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
        return found != null;
    }

    /** A page of messages, the newest first. */
    public List<StoredMessage> getRows() {
        return found == null ? List.of() : found.messages();
    }

    /** They come out of contents: showing them is a look at contents. */
    private boolean showsAttributes(FoundMessages answer) {
        return contents.isAllowed()
                && answer.messages().stream().anyMatch(row -> !row.attributes().isEmpty())
                && contents.read("messages.attributes", null, () -> Optional.of(answer))
                        .isPresent();
    }

    /** Whether there is something to tell of what messages are found by, and the reader may see. */
    public boolean isAttributesShown() {
        return attributesShown;
    }

    /** Query of the address of the first page. */
    public String getNewest() {
        return Servlets.toQueryString(parameters());
    }

    /** Query of the address of the next page; null if this is the last one. */
    public @Nullable String getOlder() {
        MessagePlace next = found == null ? null : found.next();
        if (next == null) {
            return null;
        }
        Map<String, List<String>> parameters = parameters();
        parameters.put("after", List.of(next.toString()));
        return Servlets.toQueryString(parameters);
    }

    /** How far back was looked before it took too long; null if it did not. */
    public @Nullable Instant getLookedBackTo() {
        return found == null ? null : found.lookedBackTo();
    }

    private Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        Given.put(parameters, "from", from);
        Given.put(parameters, "until", until);
        Given.put(parameters, "listener", listener);
        Given.put(parameters, "outcome", outcome);
        Given.put(parameters, "peer", peer);
        Given.put(parameters, "connection", connection);
        Given.put(parameters, "error", error);
        Given.put(parameters, "text", text);
        Given.put(parameters, "attribute", attribute);
        Given.put(parameters, "minSize", minSize);
        Given.put(parameters, "maxSize", maxSize);
        Given.put(parameters, "minMillis", minMillis);
        Given.put(parameters, "minAttempts", minAttempts);
        return parameters;
    }

    /** Whether something is given that the page does not show at first. */
    public boolean isMoreGiven() {
        return Stream.of(minSize, maxSize, minMillis, minAttempts, connection, attribute)
                .anyMatch(value -> Given.text(value) != null);
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

    public @Nullable String getAttribute() {
        return attribute;
    }

    public void setAttribute(@Nullable String attribute) {
        this.attribute = attribute;
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

    public @Nullable String getError() {
        return error;
    }

    public void setError(@Nullable String error) {
        this.error = error;
    }

    public @Nullable String getMinSize() {
        return minSize;
    }

    public void setMinSize(@Nullable String minSize) {
        this.minSize = minSize;
    }

    public @Nullable String getMaxSize() {
        return maxSize;
    }

    public void setMaxSize(@Nullable String maxSize) {
        this.maxSize = maxSize;
    }

    public @Nullable String getMinMillis() {
        return minMillis;
    }

    public void setMinMillis(@Nullable String minMillis) {
        this.minMillis = minMillis;
    }

    public @Nullable String getMinAttempts() {
        return minAttempts;
    }

    public void setMinAttempts(@Nullable String minAttempts) {
        this.minAttempts = minAttempts;
    }

    public @Nullable String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = after;
    }
}
