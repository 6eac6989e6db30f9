package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.history.MessageSearch;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is searched for in the history, as an address has it: see {@link HistoryPage}. */
public final class HistoryQuery {

    private HistoryQuery() {}

    /**
     * The search that is meant.
     *
     * @param value of a parameter by its name; null or blank if it is not given
     * @throws IllegalArgumentException with what was given, if it cannot be read
     */
    public static MessageSearch of(Function<String, @Nullable String> value) {
        return new MessageSearch.Builder()
                .listener(Given.text(value.apply("listener")))
                .outcome(Given.parsed(value.apply("outcome"), Outcome::valueOf))
                .connection(Given.text(value.apply("connection")))
                .peer(Given.text(value.apply("peer")))
                .error(Given.text(value.apply("error")))
                .text(Given.text(value.apply("text")))
                .attribute(Given.text(value.apply("attribute")))
                .from(Given.parsed(value.apply("from"), Given::instant))
                .until(Given.parsed(value.apply("until"), Given::instant))
                .minSize(Given.parsed(value.apply("minSize"), Given::amount))
                .maxSize(Given.parsed(value.apply("maxSize"), Given::amount))
                .minDuration(
                        Given.parsed(
                                value.apply("minMillis"),
                                text -> Duration.ofMillis(Given.amount(text))))
                .minAttempts(
                        Given.parsed(
                                value.apply("minAttempts"),
                                text -> Math.toIntExact(Given.amount(text))))
                .build();
    }
}
