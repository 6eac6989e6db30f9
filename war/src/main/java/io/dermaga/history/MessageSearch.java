package io.dermaga.history;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.attributes.Attribute;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to find; what is null does not matter.
 *
 * @param listener its name
 * @param outcome how it ended
 * @param connection id of its connection
 * @param peer part of its address, in any case
 * @param error part of its text, in any case
 * @param text part of its content as text, as far as that is kept, in any case
 * @param attribute {@code name=value}, {@code name=beginning*}, or a value under any name; in any
 *     case
 * @param from when it ended, at the earliest
 * @param until when it ended, earlier than this
 * @param minSize bytes
 * @param maxSize bytes
 * @param minDuration from the first byte to the end
 * @param minAttempts deliveries
 */
public record MessageSearch(
        @Nullable String listener,
        @Nullable Outcome outcome,
        @Nullable String connection,
        @Nullable String peer,
        @Nullable String error,
        @Nullable String text,
        @Nullable String attribute,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Long minSize,
        @Nullable Long maxSize,
        @Nullable Duration minDuration,
        @Nullable Integer minAttempts) {

    private static final int TRIGRAM = 3;
    private static final String DELIVERED = Outcome.DELIVERED.name();

    /** All messages. */
    public static final MessageSearch ALL = new Builder().build();

    /** What is not given does not matter. */
    public static final class Builder {

        private @Nullable String listener;
        private @Nullable Outcome outcome;
        private @Nullable String connection;
        private @Nullable String peer;
        private @Nullable String error;
        private @Nullable String text;
        private @Nullable String attribute;
        private @Nullable Instant from;
        private @Nullable Instant until;
        private @Nullable Long minSize;
        private @Nullable Long maxSize;
        private @Nullable Duration minDuration;
        private @Nullable Integer minAttempts;

        public Builder listener(@Nullable String listener) {
            this.listener = listener;
            return this;
        }

        public Builder outcome(@Nullable Outcome outcome) {
            this.outcome = outcome;
            return this;
        }

        public Builder connection(@Nullable String connection) {
            this.connection = connection;
            return this;
        }

        public Builder peer(@Nullable String part) {
            this.peer = part;
            return this;
        }

        public Builder error(@Nullable String part) {
            this.error = part;
            return this;
        }

        public Builder text(@Nullable String part) {
            this.text = part;
            return this;
        }

        public Builder attribute(@Nullable String nameAndValue) {
            this.attribute = nameAndValue;
            return this;
        }

        public Builder from(@Nullable Instant from) {
            this.from = from;
            return this;
        }

        public Builder until(@Nullable Instant until) {
            this.until = until;
            return this;
        }

        public Builder minSize(@Nullable Long bytes) {
            this.minSize = bytes;
            return this;
        }

        public Builder maxSize(@Nullable Long bytes) {
            this.maxSize = bytes;
            return this;
        }

        public Builder minDuration(@Nullable Duration duration) {
            this.minDuration = duration;
            return this;
        }

        public Builder minAttempts(@Nullable Integer attempts) {
            this.minAttempts = attempts;
            return this;
        }

        public MessageSearch build() {
            return new MessageSearch(
                    listener,
                    outcome,
                    connection,
                    peer,
                    error,
                    text,
                    attribute,
                    from,
                    until,
                    minSize,
                    maxSize,
                    minDuration,
                    minAttempts);
        }
    }

    /** That a column has a value. */
    record Value(String column, Object value) {}

    /** Of the values that are given the one that an index finds, and that fewest messages have. */
    Optional<Value> indexed() {
        return values().stream().findFirst().filter(first -> first.value() != DELIVERED);
    }

    /** Values that are given; what fewer messages have comes first. */
    private List<Value> values() {
        List<Value> values = new ArrayList<>();
        if (connection != null) {
            values.add(new Value("connection_id", connection));
        }
        if (outcome != null && outcome != Outcome.DELIVERED) {
            values.add(new Value("outcome", outcome.name()));
        }
        if (listener != null) {
            values.add(new Value("listener", listener));
        }
        if (outcome == Outcome.DELIVERED) {
            values.add(new Value("outcome", DELIVERED));
        }
        return values;
    }

    /** Whether a part of a text is given that is long enough for an index of trigrams. */
    boolean hasPart() {
        return Stream.of(peer, error, text, attribute)
                .anyMatch(part -> part != null && part.length() >= TRIGRAM);
    }

    /**
     * All that a message has to meet, but for its time.
     *
     * @param asksParts whether the index of parts of texts is to be asked, where there is one
     */
    Conditions conditions(boolean asksParts) {
        Conditions wanted = new Conditions();
        values().forEach(one -> wanted.equal(one.column(), one.value()));
        if (peer != null) {
            wanted.contains("peer", peer, asksParts);
        }
        if (error != null) {
            wanted.contains("error", error, asksParts);
        }
        if (text != null) {
            wanted.contains("text", text, asksParts);
        }
        if (attribute != null) {
            wanted.contains("attributes", Attribute.part(attribute), asksParts);
        }
        if (minSize != null) {
            wanted.and("size >= ?", minSize);
        }
        if (maxSize != null) {
            wanted.and("size <= ?", maxSize);
        }
        if (minDuration != null) {
            wanted.and("ended_at - first_byte_at >= ?", minDuration.toNanos());
        }
        if (minAttempts != null) {
            wanted.and("attempts >= ?", minAttempts);
        }
        return wanted;
    }
}
