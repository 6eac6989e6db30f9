package io.dermaga.engine.lane;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.idempotency.Claim;
import io.dermaga.engine.idempotency.KnownKeys;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.Peer;
import io.dermaga.engine.monitor.Told;
import io.dermaga.engine.monitor.WallClock;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.settings.DeadLetters;
import io.dermaga.engine.settings.DeliverySettings;
import io.dermaga.engine.settings.Durations;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the contents of one lane and records how each payload ended. Used by whoever holds the
 * lane, one thread at a time; what is in the bean may be asked by any.
 */
final class Deliveries {

    /** Until somebody lets the listener go on. */
    static final long UNTIL_RESUMED = Long.MAX_VALUE;

    /** Before it is tried again to keep a dead letter. */
    private static final long KEEP_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Of a key that is shown. */
    private static final int MOST_KEY_CHARS = 64;

    private static final VarHandle IN_BEAN_PAYLOADS = field("inBeanPayloads", int.class);
    private static final VarHandle IN_BEAN_BYTES = field("inBeanBytes", long.class);

    private final LaneOwner owner;
    private final BeanShape shape;
    private final Answers answers;

    /** Keys of what is being delivered; null if what is repeated is delivered again. */
    private final @Nullable Claims claims;

    /** Payloads given a number so far. */
    private long numbered;

    /** Where to go on in a content whose delivery had to wait for an endpoint. */
    private int position;

    /** What has failed and is not given up; null if nothing. */
    private @Nullable Redelivery redelivery;

    private boolean failed;

    // gauges: written without a fence by the holder of the lane
    @SuppressWarnings("UnusedVariable") // through its handle
    private int inBeanPayloads;

    @SuppressWarnings("UnusedVariable") // through its handle
    private long inBeanBytes;

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(Deliveries.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    Deliveries(LaneOwner owner, BeanShape shape, long numbered) {
        this.owner = owner;
        this.shape = shape;
        this.answers = new Answers(owner);
        KnownKeys keys = owner.knownKeys();
        this.claims = keys == null ? null : new Claims(keys);
        this.numbered = numbered;
    }

    /** Whether a delivery has failed. */
    boolean hasFailed() {
        return failed;
    }

    int inBeanPayloads() {
        return (int) IN_BEAN_PAYLOADS.getOpaque(this);
    }

    long inBeanBytes() {
        return (long) IN_BEAN_BYTES.getOpaque(this);
    }

    /**
     * Delivers all payloads of a content, or goes on where it had to wait.
     *
     * @param stopped asked between payloads; true discards the rest
     * @return 0 when all have ended, else nanoseconds until it is to be called again: {@link
     *     #UNTIL_RESUMED}, or before the next delivery of one that has failed
     */
    long deliver(Content content, Worker worker, BooleanSupplier stopped)
            throws EndpointUnavailableException {
        Delivery delivery = new Delivery(owner, content, numbered + 1);
        DeliveryLog log = worker.log();
        log.begin(owner, content, numbered + 1, position);
        try {
            while (position < content.count() && !stopped.getAsBoolean()) {
                long wait = owner.mayDeliver() ? next(delivery, worker) : UNTIL_RESUMED;
                if (wait != 0) {
                    return wait;
                }
            }
        } finally {
            delivery.close();
            log.end();
        }
        ended(content);
        return 0;
    }

    private void ended(Content content) {
        int ended = position;
        boolean discarded = ended < content.count();
        if (discarded) {
            discardFrom(content, ended);
        }
        numbered += content.count();
        position = 0;
        redelivery = null;
        if (claims != null) {
            claims.ended();
        }
        owner.contentEnded(ended, discarded);
    }

    /** The next payload or batch; returns nanoseconds to wait if it has not ended. */
    private long next(Delivery delivery, Worker worker) throws EndpointUnavailableException {
        Redelivery again = redelivery;
        if (again != null && again.deliveries() >= rules().maxDeliveries()) {
            return apart(worker, () -> giveUp(delivery, again, worker));
        }
        if (owner.refuses(delivery.content())) {
            return apart(worker, () -> keepOversize(delivery, worker));
        }
        int left = delivery.content().count() - position;
        int most = shape.batch() && again == null ? owner.settings().maxBatch() : 1;
        int count = Math.min(most, left);
        if (claims != null) {
            count = claims.claim(delivery, position, count);
            if (count == 0) {
                return unclaimed(delivery, claims, worker);
            }
        }
        return call(delivery, count, again, worker);
    }

    /** A payload is repeated, or its key is in delivery elsewhere; returns how long to wait. */
    private long unclaimed(Delivery delivery, Claims keys, Worker worker) {
        Claim.Repeated known = keys.repeated();
        if (known == null) {
            return keys.waitNanos();
        }
        Content content = delivery.content();
        String text =
                "DMG3014 payload %s.%d of %d bytes from %s is repeated and not delivered: its key '%s' was within idempotencyWindow=%s"
                        .formatted(
                                owner.id(),
                                delivery.number(position),
                                content.size(position),
                                owner.origin().text(),
                                Escape.text(keys.refusedKey(), MOST_KEY_CHARS),
                                Durations.format(rules().idempotency().window()));
        worker.log().leaveOut();
        Told told = answers.repeated(delivery, position, known.replies());
        discarded(content, position, delivery.number(position), text, told);
        owner.counters().repeated.increment();
        answers.tell(told);
        endedAt(position + 1);
        worker.tick();
        worker.delivered(0); // lets the event loop know now and then, as calls would
        return 0;
    }

    private long call(Delivery delivery, int count, @Nullable Redelivery again, Worker worker)
            throws EndpointUnavailableException {
        Endpoint endpoint = worker.endpoint();
        long bytes = bytes(delivery.content(), position, count);
        IN_BEAN_BYTES.setOpaque(this, bytes);
        IN_BEAN_PAYLOADS.setOpaque(this, count);
        int before = owner.deliveredBefore() + (again == null ? 0 : again.deliveries());
        delivery.open(position, count, before + 1);
        long called = worker.now();
        Outcome outcome =
                shape.batch()
                        ? endpoint.deliver(new PayloadBatch(delivery, position, count))
                        : endpoint.deliver(new LanePayload(delivery, position));
        long ended = worker.tick();
        long returned = endpoint.returnedNanos();
        IN_BEAN_PAYLOADS.setOpaque(this, 0);
        IN_BEAN_BYTES.setOpaque(this, 0L);
        if (outcome.endpointLost()) {
            worker.lose();
        }
        if (outcome.kind() == Outcome.Kind.NOT_CALLED) {
            throw new EndpointUnavailableException(String.valueOf(outcome.failure()));
        }
        long wait = 0;
        if (outcome.isFailure()) {
            wait =
                    apart(
                            worker,
                            () ->
                                    failed(
                                            delivery, count, called, returned, ended, outcome,
                                            worker));
        } else {
            taken(delivery, count, bytes, called, returned, ended, outcome, worker);
        }
        worker.delivered(ended - called);
        return wait;
    }

    private void taken(
            Delivery delivery,
            int count,
            long bytes,
            long called,
            long returned,
            long ended,
            Outcome outcome,
            Worker worker) {
        Redelivery again = redelivery;
        int deliveries = again == null ? 1 : again.deliveries() + 1;
        long first = again == null ? called : again.firstCalledNanos();
        List<Told> told = answers.delivered(delivery, position, count, outcome.reply());
        worker.log().add(count, bytes, first, called, returned, ended, deliveries, null, told);
        if (claims != null) {
            claims.taken(delivery, position, outcome.reply());
        }
        answers.tell(told);
        endedAt(position + count);
    }

    /** What is before this position has ended. */
    private void endedAt(int next) {
        position = next;
        Redelivery again = redelivery;
        if (again != null && !again.goesOnAt(next)) {
            redelivery = null;
        }
    }

    /** While it waits for a disk, which keeps or logs what has failed, others are served. */
    private static long apart(Worker worker, LongSupplier task) {
        try {
            worker.waits();
            return task.getAsLong();
        } finally {
            worker.goesOn();
        }
    }

    /** Returns how long to wait before it is delivered again, or given up. */
    private long failed(
            Delivery delivery,
            int count,
            long called,
            long returned,
            long ended,
            Outcome outcome,
            Worker worker) {
        Redelivery again = redelivery;
        if (again == null) {
            again = new Redelivery(position + count, called, returned, ended, outcome);
            redelivery = again;
        } else {
            again.failed(called, returned, ended, outcome);
        }
        owner.counters().failures.increment();
        if (claims != null) {
            claims.failed();
        }
        int most = rules().maxDeliveries();
        if (again.deliveries() >= most) {
            return giveUp(delivery, again, worker); // whether the lane has to stop or not
        }
        Duration delay = rules().redeliveryDelay(again.deliveries());
        String text =
                "%s; delivery %d of %d, the next in %d ms"
                        .formatted(
                                failureText(delivery, count, again.failure()),
                                again.deliveries(),
                                most,
                                delay.toMillis());
        warn(MonitorEvent.Kind.DELIVERY_FAILED, text);
        return delay.toNanos();
    }

    /** No bean can take a payload; returns how long to wait before that is tried again. */
    private long giveUp(Delivery delivery, Redelivery again, Worker worker) {
        boolean keep = rules().deadLetters() == DeadLetters.DURABLE;
        String cause = failureText(delivery, 1, again.failure());
        String text =
                "%s; delivery %d of %d, %s"
                        .formatted(
                                cause,
                                again.deliveries(),
                                rules().maxDeliveries(),
                                keep ? "kept as a dead letter" : "the last (deadLetters=NONE)");
        if (keep && !isKept(delivery, again.dead(delivery, position, cause))) {
            return KEEP_AGAIN_NANOS;
        }
        if (claims != null) {
            claims.giveUp();
        }
        Told told = answers.failed(delivery, position);
        worker.log()
                .add(
                        1,
                        delivery.content().size(position),
                        again.firstCalledNanos(),
                        again.lastCalledNanos(),
                        again.lastReturnedNanos(),
                        again.lastFailedNanos(),
                        again.deliveries(),
                        text,
                        List.of(told));
        lost(text, told);
        owner.poisoned(text);
        return 0;
    }

    /** No bean is given it; returns how long to wait before that is tried again. */
    private long keepOversize(Delivery delivery, Worker worker) {
        Content content = delivery.content();
        String text =
                "DMG3015 payload %s.%d of %d bytes from %s exceeds maxPayload=%s; its first %d bytes are kept as a dead letter"
                        .formatted(
                                owner.id(),
                                delivery.number(position),
                                content.originalSize(position),
                                owner.origin().text(),
                                owner.settings().limits().maxPayload(),
                                content.size(position));
        long now = worker.tick();
        Instant at = WallClock.at(now);
        DeadPayload dead =
                new DeadPayload(
                        owner, content, position, delivery.number(position), 0, text, "", at, at);
        if (!isKept(delivery, dead)) {
            return KEEP_AGAIN_NANOS;
        }
        Told told = answers.failed(delivery, position);
        worker.log().add(1, content.size(position), 0, 0, 0, now, 0, text, List.of(told));
        lost(text, told);
        return 0;
    }

    /** Keeps a dead letter; false if that cannot be done now. */
    private boolean isKept(Delivery delivery, DeadPayload dead) {
        try {
            owner.deadLetter(dead);
            owner.counters().deadLetters.increment();
            return true;
        } catch (IOException e) {
            warn(MonitorEvent.Kind.ERROR, notKept(delivery, e));
            return false;
        }
    }

    private void lost(String text, Told told) {
        warn(MonitorEvent.Kind.DELIVERY_FAILED, text);
        failed = true;
        answers.tell(told);
        endedAt(position + 1);
    }

    private String notKept(Delivery delivery, IOException cause) {
        return "DMG3012 payload %s.%d from %s cannot be kept as a dead letter and waits: %s"
                .formatted(
                        owner.id(),
                        delivery.number(position),
                        owner.origin().text(),
                        Escape.cause(cause));
    }

    private DeliverySettings rules() {
        return owner.settings().delivery();
    }

    private static long bytes(Content content, int from, int count) {
        if (count == content.count()) {
            return content.bytes();
        }
        long bytes = 0;
        for (int i = from; i < from + count; i++) {
            bytes += content.size(i);
        }
        return bytes;
    }

    /** A payload ended without a bean. */
    void settled(boolean delivered) {
        answers.settled(delivered);
    }

    private void warn(MonitorEvent.Kind kind, String text) {
        owner.feed().warning(kind, owner.settings().name(), owner.id(), text);
    }

    private String failureText(Delivery delivery, int count, String failure) {
        return "DMG3001 bean failed on payload %s.%d of %d bytes%s from %s: %s"
                .formatted(
                        owner.id(),
                        delivery.number(position),
                        delivery.content().size(position),
                        count > 1 ? " and " + (count - 1) + " more of its batch" : "",
                        owner.origin().text(),
                        failure);
    }

    /** Tells the bean of an event. */
    void tell(SocketEvent event, Worker worker) throws EndpointUnavailableException {
        Endpoint endpoint = worker.endpoint();
        long called = worker.now();
        Outcome outcome = endpoint.tell(event, owner);
        if (outcome.kind() == Outcome.Kind.NOT_CALLED) {
            worker.lose();
            throw new EndpointUnavailableException(String.valueOf(outcome.failure()));
        }
        if (outcome.isFailure()) {
            warn(
                    MonitorEvent.Kind.DELIVERY_FAILED,
                    "DMG3002 bean failed on event %s of %s on listener '%s': %s"
                            .formatted(
                                    event.kind(),
                                    Peer.text(owner.remoteAddress()),
                                    owner.settings().name(),
                                    outcome.failure()));
        }
        if (event instanceof SocketEvent.Data data && !shape.payloads()) {
            (outcome.isFailure() ? owner.counters().failedBytes : owner.counters().deliveredBytes)
                    .add(data.bytes().readableBytes());
        }
        if (outcome.endpointLost()) {
            worker.lose();
        }
        worker.delivered(worker.tick() - called);
    }

    /** Counts a chunk that the bean will not see. */
    void discard(SocketEvent.Data data) {
        if (!shape.payloads()) {
            owner.counters().discardedBytes.add(data.bytes().readableBytes());
        }
    }

    /** Counts a content that no bean will see, and gives it back. */
    void discard(Content content) {
        ended(content);
        content.release();
    }

    private void discardFrom(Content content, int from) {
        if (owner.keepsDiscarded()) {
            return;
        }
        failed = true; // an orderly end would tell the peer that it was delivered
        for (int i = from; i < content.count(); i++) {
            long number = numbered + 1 + i;
            String error =
                    "DMG3003 payload %s.%d of %d bytes from %s was not delivered before the listener had to stop"
                            .formatted(owner.id(), number, content.size(i), owner.origin().text());
            discarded(content, i, number, error, Told.NOTHING);
        }
    }

    /** Tells of a payload that no bean sees, and counts it. */
    private void discarded(Content content, int index, long number, String why, Told told) {
        warn(MonitorEvent.Kind.DISCARDED, why);
        owner.feed()
                .messages(
                        new DiscardedPayload(owner.origin(), content, index, number, why, told),
                        owner.settings().recordBytes().intBytes());
        owner.counters().dropped.increment();
        owner.counters().discarded.increment();
        owner.counters().discardedBytes.add(content.size(index));
    }
}
