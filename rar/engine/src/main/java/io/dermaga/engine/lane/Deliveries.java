package io.dermaga.engine.lane;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.monitor.Peer;
import io.dermaga.engine.payload.Content;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Delivers the contents of one lane and records how each payload ended. Used by whoever holds the
 * lane, one thread at a time; what is in the bean may be asked by any.
 */
final class Deliveries {

    private static final VarHandle IN_BEAN_PAYLOADS = field("inBeanPayloads", int.class);
    private static final VarHandle IN_BEAN_BYTES = field("inBeanBytes", long.class);

    private final LaneOwner owner;
    private final BeanShape shape;

    /** Payloads given a number so far. */
    private long numbered;

    /** Where to go on in a content whose delivery had to wait for an endpoint. */
    private int position;

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

    Deliveries(LaneOwner owner, BeanShape shape) {
        this.owner = owner;
        this.shape = shape;
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
     */
    void deliver(Content content, Worker worker, BooleanSupplier stopped)
            throws EndpointUnavailableException {
        Delivery delivery = new Delivery(owner, content, numbered + 1);
        DeliveryLog log = worker.log();
        log.begin(owner, content, numbered + 1, position);
        try {
            while (position < content.count() && !stopped.getAsBoolean()) {
                Endpoint endpoint = worker.endpoint();
                int count =
                        shape.batch()
                                ? Math.min(owner.settings().maxBatch(), content.count() - position)
                                : 1;
                deliver(delivery, position, count, endpoint, worker);
                position += count;
            }
        } finally {
            delivery.close();
            log.end();
        }
        if (position < content.count()) {
            discardFrom(content, position);
        }
        numbered += content.count();
        position = 0;
    }

    private void deliver(Delivery delivery, int from, int count, Endpoint endpoint, Worker worker) {
        long bytes = bytes(delivery.content(), from, count);
        IN_BEAN_BYTES.setOpaque(this, bytes);
        IN_BEAN_PAYLOADS.setOpaque(this, count);
        delivery.open(from, count);
        long called = worker.now();
        Outcome outcome =
                shape.batch()
                        ? endpoint.deliver(new PayloadBatch(delivery, from, count))
                        : endpoint.deliver(new LanePayload(delivery, from));
        long ended = worker.tick();
        String error = null;
        if (outcome.isFailure()) {
            failed = true;
            error = failureText(delivery, from, count, outcome);
            warn(MonitorEvent.Kind.DELIVERY_FAILED, error);
        }
        worker.log().add(count, bytes, called, ended, error);
        IN_BEAN_PAYLOADS.setOpaque(this, 0);
        IN_BEAN_BYTES.setOpaque(this, 0L);
        answer(error == null, count);
        if (error == null && outcome.reply() != null) {
            reply(outcome.reply());
        }
        if (outcome.endpointLost()) {
            worker.lose();
        }
        worker.delivered(ended - called);
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

    /** What the protocol itself answers to payloads that ended so. */
    void answer(boolean delivered, int count) {
        byte[] answer = owner.outcomeAnswer(delivered);
        if (answer == null) {
            return;
        }
        byte[] all = Arrays.copyOf(answer, answer.length * count);
        for (int i = 1; i < count; i++) {
            System.arraycopy(answer, 0, all, i * answer.length, answer.length);
        }
        reply(all);
    }

    /** A peer that does not take its replies loses its connection; the worker goes on. */
    private void reply(byte[] reply) {
        try {
            owner.write(reply);
        } catch (IllegalStateException e) {
            warn(MonitorEvent.Kind.ERROR, String.valueOf(e.getMessage()));
        }
    }

    private void warn(MonitorEvent.Kind kind, String text) {
        owner.feed().warning(kind, owner.settings().name(), owner.id(), text);
    }

    private String failureText(Delivery delivery, int from, int count, Outcome outcome) {
        return "DMG3001 bean failed on payload %s.%d of %d bytes%s from %s on listener '%s': %s"
                .formatted(
                        owner.id(),
                        delivery.number(from),
                        delivery.content().size(from),
                        count > 1 ? " and " + (count - 1) + " more of its batch" : "",
                        Peer.text(owner.remoteAddress()),
                        owner.settings().name(),
                        outcome.failure());
    }

    /** Tells the bean of an event. */
    void tell(SocketEvent event, Worker worker) throws EndpointUnavailableException {
        Endpoint endpoint = worker.endpoint();
        long called = worker.now();
        Outcome outcome = endpoint.tell(event, owner);
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
        discardFrom(content, position);
        numbered += content.count();
        position = 0;
        content.release();
    }

    private void discardFrom(Content content, int from) {
        failed = true; // an orderly end would tell the peer that it was delivered
        for (int i = from; i < content.count(); i++) {
            long number = numbered + 1 + i;
            String error =
                    "DMG3003 payload %s.%d of %d bytes from %s on listener '%s' was not delivered before the listener had to stop"
                            .formatted(
                                    owner.id(),
                                    number,
                                    content.size(i),
                                    Peer.text(owner.remoteAddress()),
                                    owner.settings().name());
            warn(MonitorEvent.Kind.DISCARDED, error);
            owner.feed()
                    .messages(
                            new DiscardedPayload(owner.origin(), content, i, number, error),
                            owner.settings().recordBytes().intBytes());
            owner.counters().dropped.increment();
            owner.counters().discarded.increment();
            owner.counters().discardedBytes.add(content.size(i));
        }
    }
}
