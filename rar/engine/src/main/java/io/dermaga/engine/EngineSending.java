package io.dermaga.engine;

import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.api.monitor.SendRequest;
import io.dermaga.api.monitor.SendResult;
import io.dermaga.engine.framing.Enclosure;
import io.dermaga.engine.listen.Listener;
import io.dermaga.engine.listen.Shared;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.recording.Sending;
import io.dermaga.engine.recording.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Sends what an operator has written to a listener. Thread-safe. */
final class EngineSending {

    private static final int MOST_AT_ONCE = 4;

    private final Shared shared;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    EngineSending(Shared shared) {
        this.shared = shared;
    }

    /** As {@link io.dermaga.api.monitor.Monitor#send}. */
    SendResult send(Listener listener, SendRequest request, String actor) {
        check(request);
        byte[] bytes = bytes(listener, request);
        Target target = listener.replayTarget().find();
        if (!places.tryAcquire()) {
            throw new IllegalStateException(
                    "DMG3315 %d operators send to listeners, allowed: %d; wait"
                            .formatted(MOST_AT_ONCE, MOST_AT_ONCE));
        }
        try {
            SendResult result =
                    new Sending(target, bytes, request.ends(), request.patience())
                            .send(shared.transport().timer());
            tell(target, result, actor);
            return result;
        } catch (IOException | GeneralSecurityException failed) {
            IOException cause = failed instanceof IOException io ? io : new IOException(failed);
            throw new UncheckedIOException(
                    "DMG3317 listener '%s' cannot be connected to: %s"
                            .formatted(target.listener(), Escape.cause(failed)),
                    cause);
        } finally {
            places.release();
        }
    }

    private static void check(SendRequest request) {
        int bytes = request.content().remaining();
        if (bytes > SendRequest.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "DMG1001 'content': given %d bytes, allowed: at most %d"
                            .formatted(bytes, SendRequest.MOST_BYTES));
        }
        Duration patience = request.patience();
        if (patience.toMillis() < 1 || patience.compareTo(SendRequest.MOST_PATIENCE) > 0) {
            throw new IllegalArgumentException(
                    "DMG1001 'patience': given %s, allowed: 1 ms to %d s"
                            .formatted(patience, SendRequest.MOST_PATIENCE.toSeconds()));
        }
    }

    private static byte[] bytes(Listener listener, SendRequest request) {
        ByteBuffer content = request.content();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return request.enclosed()
                ? Enclosure.inListener(
                        listener.framing(),
                        bytes,
                        listener.settings().framing().text(),
                        listener.settings().name())
                : bytes;
    }

    private void tell(Target target, SendResult result, String actor) {
        shared.feed()
                .info(
                        Kind.RECORDING,
                        target.listener(),
                        "DMG3316 '%s' has sent %d bytes to listener '%s' from port %d; answered: %d bytes, then %s"
                                .formatted(
                                        Escape.text(actor),
                                        result.sent(),
                                        target.listener(),
                                        result.from().getPort(),
                                        result.answerBytes(),
                                        result.end()));
    }
}
