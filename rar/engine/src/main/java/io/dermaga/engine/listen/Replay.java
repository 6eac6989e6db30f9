package io.dermaga.engine.listen;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.engine.idempotency.KnownKeys;
import io.dermaga.engine.lane.DeadPayload;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.settings.DeadLetters;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.OnPoison;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter that is delivered once more, in a lane of its own. It counts neither as delivered
 * nor as failed: the bytes were counted when the payload was given up.
 */
public final class Replay extends PastConnection {

    /** How it has ended. */
    public enum Kind {
        /** A bean has taken it. */
        DELIVERED,
        /** The bean has failed once more. */
        FAILED,
        /** No bean was called: it was cancelled, or its listener was closed. */
        NOT_DELIVERED
    }

    /**
     * How it has ended.
     *
     * @param error numbered, one sentence; null if it was delivered or cancelled
     */
    public record Result(Kind kind, @Nullable String error) {}

    private final Consumer consumer;
    private final Lane lane;
    private final int deliveredBefore;
    private final ListenerCounters counters = new ListenerCounters();
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private volatile @Nullable String failure;
    private volatile boolean cancelled;

    Replay(Listener server, DeadLetter letter) {
        super(server, once(server.settings()), facts(letter));
        this.deliveredBefore = letter.failure().attempts() + letter.replays().failed();
        String payload = letter.payloadId();
        String number = payload.substring(payload.lastIndexOf('.') + 1);
        this.consumer = consumer(server.consumers(), letter);
        this.lane = new Lane(this, consumer.shape(), consumer.dispatcher(), number(number) - 1);
    }

    /** One of its group; any if there are no copies for that any more. */
    private static Consumer consumer(Consumers consumers, DeadLetter letter) {
        return letter.copy().isEmpty()
                ? consumers.next()
                : consumers
                        .of(letter.copy(), letter.origin().connectionId())
                        .orElseGet(consumers::next);
    }

    private static ListenerSettings once(ListenerSettings settings) {
        return settings.with(
                settings.delivery().with(1, DeadLetters.DURABLE, OnPoison.DEAD_LETTER));
    }

    private static Facts facts(DeadLetter letter) {
        DeadLetter.Origin origin = letter.origin();
        return new Facts(
                origin.connectionId(),
                letter.copy(),
                origin.remoteAddress(),
                origin.localAddress(),
                origin.openedAt(),
                letter.charset(),
                null);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 1; // of no connection of ours
        }
    }

    Consumer consumer() {
        return consumer;
    }

    Lane lane() {
        return lane;
    }

    /** Begins; any thread, once. */
    void begin(Content content) {
        lane.add(content);
        lane.signal();
    }

    /** It is not delivered any more, unless a bean has it now; any thread. */
    public void cancel() {
        cancelled = true;
        lane.discard();
    }

    /** How it ends. */
    public Future<Result> result() {
        return result;
    }

    @Override
    public @Nullable XAResource branch(int upTo) {
        return null;
    }

    /** What an operator asks for is delivered, whatever was delivered before. */
    @Override
    public @Nullable KnownKeys knownKeys() {
        return null;
    }

    @Override
    public boolean keepsDiscarded() {
        return true; // it stays a dead letter
    }

    @Override
    public int deliveredBefore() {
        return deliveredBefore;
    }

    @Override
    public ListenerCounters counters() {
        return counters;
    }

    @Override
    public void deadLetter(DeadPayload payload) {
        failure = payload.cause();
    }

    @Override
    public void contentEnded(int ended, boolean discarded) {
        server().replayed(this);
        result.complete(discarded ? notDelivered() : called());
    }

    private Result called() {
        String error = failure;
        return new Result(error == null ? Kind.DELIVERED : Kind.FAILED, error);
    }

    private Result notDelivered() {
        return new Result(
                Kind.NOT_DELIVERED,
                cancelled ? null : "DMG3213 listener '" + listener() + "' was closed meanwhile");
    }
}
