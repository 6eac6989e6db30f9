package io.dermaga.rest;

import io.dermaga.api.monitor.SendResult;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;

/**
 * What came of sending.
 *
 * @param answer the beginning of what was answered, in Base64
 */
public record SentBody(
        InetSocketAddress from,
        long sent,
        String answer,
        long answerBytes,
        SendResult.End end,
        Duration took) {

    static SentBody of(SendResult result) {
        ByteBuffer answer = result.answer();
        byte[] bytes = new byte[answer.remaining()];
        answer.get(bytes);
        return new SentBody(
                result.from(),
                result.sent(),
                Base64.getEncoder().encodeToString(bytes),
                result.answerBytes(),
                result.end(),
                result.took());
    }
}
