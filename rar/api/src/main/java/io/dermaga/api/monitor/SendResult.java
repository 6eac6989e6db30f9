package io.dermaga.api.monitor;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * What came of sending.
 *
 * @param from the own address of the connection, by which it is found among connections and
 *     messages
 * @param sent bytes, with what the framing has put around them
 * @param answer the first {@link #MOST_ANSWER_BYTES} bytes of what was answered
 * @param answerBytes how many bytes were answered until it was waited no longer
 * @param end how the connection stood then
 * @param took from its begin until then
 */
public record SendResult(
        InetSocketAddress from,
        long sent,
        ByteBuffer answer,
        long answerBytes,
        End end,
        Duration took) {

    /** How much of an answer is kept. */
    public static final int MOST_ANSWER_BYTES = 64 * 1024;

    /** How a connection stood. */
    public enum End {
        /** The listener had ended its side. */
        ENDED,
        /** The listener had reset it: it was refused, or the delivery has failed. */
        RESET,
        /** It was open, and is closed by the sender now. */
        OPEN
    }

    public SendResult {
        answer = answer.asReadOnlyBuffer();
    }

    /** The bytes: a view of its own for every caller. */
    @Override
    public ByteBuffer answer() {
        return answer.duplicate();
    }
}
