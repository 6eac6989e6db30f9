package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.StreamRange;
import io.dermaga.api.monitor.StreamRead;
import java.time.Duration;

/**
 * A read that brought bytes of a message.
 *
 * @param offset of its first byte in the stream
 * @param length in bytes
 * @param share bytes of the message
 * @param after the first byte of the message
 * @param held for how long reading was held before it
 */
public record ReadRow(long offset, int length, long share, Duration after, Duration held) {

    static ReadRow of(StreamRead read, MessageRecord message, StreamRange range) {
        long from = Math.max(read.offset(), range.start());
        long to = Math.min(read.offset() + read.length(), range.end());
        Duration after = Duration.between(message.firstByteAt(), read.at());
        return new ReadRow(
                read.offset(),
                read.length(),
                to - from,
                after.isNegative() ? Duration.ZERO : after,
                read.held());
    }
}
