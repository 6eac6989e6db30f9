package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.StreamRange;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A message of a connection: which of its bytes, and where the time went.
 *
 * @param range of the stream
 */
public record StreamRow(MessageRecord message, StreamRange range, Waterfall waterfall) {

    /** Those of which it is known where they lay, in the order of the stream. */
    static List<StreamRow> of(Stream<MessageRecord> messages) {
        return messages.filter(message -> message.stream() != null)
                .map(
                        message ->
                                new StreamRow(
                                        message,
                                        Objects.requireNonNull(message.stream()),
                                        Waterfall.of(message)))
                .sorted(
                        Comparator.<StreamRow>comparingLong(row -> row.range().start())
                                .thenComparing(row -> row.message().copy()))
                .toList();
    }
}
