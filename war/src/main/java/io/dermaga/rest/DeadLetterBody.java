package io.dermaga.rest;

import io.dermaga.api.monitor.DeadLetter;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it is told: flat, and with what a client would have to compute.
 *
 * @param fault what letters with the same fault share
 * @param stack lines of the last failure; null in lists, and if there is none
 */
public record DeadLetterBody(
        String id,
        String payloadId,
        String listener,
        String activation,
        String copy,
        String connectionId,
        InetSocketAddress remoteAddress,
        InetSocketAddress localAddress,
        Instant openedAt,
        @Nullable String tlsPeer,
        long size,
        String charset,
        Instant firstByteAt,
        Instant firstFailureAt,
        Instant lastFailureAt,
        int attempts,
        String cause,
        String fault,
        @Nullable String stack,
        boolean edited,
        int failedReplays,
        @Nullable Instant lastReplayAt,
        @Nullable String lastReplayError) {

    static DeadLetterBody of(DeadLetter letter) {
        DeadLetter.Origin origin = letter.origin();
        DeadLetter.Failure failure = letter.failure();
        DeadLetter.Replays replays = letter.replays();
        return new DeadLetterBody(
                letter.id(),
                letter.payloadId(),
                letter.listener(),
                letter.activation(),
                letter.copy(),
                origin.connectionId(),
                origin.remoteAddress(),
                origin.localAddress(),
                origin.openedAt(),
                origin.tlsPeer(),
                letter.size(),
                letter.charset(),
                letter.firstByteAt(),
                failure.firstAt(),
                failure.lastAt(),
                failure.attempts(),
                failure.cause(),
                letter.fault(),
                failure.stack().isEmpty() ? null : failure.stack(),
                letter.edited(),
                replays.failed(),
                replays.lastAt(),
                replays.lastError());
    }
}
