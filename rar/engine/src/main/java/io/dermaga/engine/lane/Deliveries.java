package io.dermaga.engine.lane;

import io.dermaga.api.Payload;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.monitor.FinishedMessage;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.monitor.Peer;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.SpilledFrame;
import io.dermaga.engine.settings.ListenerSettings;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the contents of one lane and records how each payload ended. Used by whoever holds the
 * lane, one thread at a time.
 */
final class Deliveries {

    private static final byte[] NO_BYTES = {};

    private final LaneOwner owner;
    private final BeanShape shape;
    private final ListenerSettings settings;
    private final ListenerCounters counters;

    /** Payloads given a number so far. */
    private long numbered;

    /** Where to go on in a content whose delivery had to wait for an endpoint. */
    private int position;

    private boolean failed;

    Deliveries(LaneOwner owner, BeanShape shape) {
        this.owner = owner;
        this.shape = shape;
        this.settings = owner.settings();
        this.counters = owner.counters();
    }

    /** Whether a delivery has failed. */
    boolean hasFailed() {
        return failed;
    }

    /**
     * Delivers all payloads of a content, or goes on where it had to wait.
     *
     * @param stopped asked between payloads; true discards the rest
     */
    void deliver(Content content, Dispatcher.Worker worker, BooleanSupplier stopped)
            throws EndpointUnavailableException {
        while (position < content.count()) {
            if (stopped.getAsBoolean()) {
                discardFrom(content, position);
                break;
            }
            Endpoint endpoint = worker.endpoint();
            int count =
                    shape.batch() ? Math.min(settings.maxBatch(), content.count() - position) : 1;
            Outcome outcome = deliver(content, position, count, endpoint);
            position += count;
            if (outcome.endpointLost()) {
                worker.lose();
            }
        }
        position = 0;
    }

    private Outcome deliver(Content content, int from, int count, Endpoint endpoint) {
        List<LanePayload> payloads = new ArrayList<>(count);
        long bytes = 0;
        for (int i = from; i < from + count; i++) {
            payloads.add(new LanePayload(owner, settings.charset(), content, i, ++numbered));
            bytes += content.size(i);
        }
        counters.inBeanPayloads.add(count);
        counters.inBeanBytes.add(bytes);
        long called = System.nanoTime();
        Outcome outcome =
                shape.batch()
                        ? endpoint.deliver(List.<Payload>copyOf(payloads))
                        : endpoint.deliver(payloads.get(0));
        long ended = System.nanoTime();
        String error = null;
        if (outcome.isFailure()) {
            failed = true;
            error = failureText(payloads.get(0), count, outcome);
            owner.feed()
                    .warning(MonitorEvent.Kind.DELIVERY_FAILED, settings.name(), owner.id(), error);
        } else if (outcome.reply() != null) {
            reply(outcome.reply());
        }
        for (LanePayload payload : payloads) {
            payload.end();
            record(payload, called, ended, error);
        }
        counters.inBeanPayloads.add(-count);
        counters.inBeanBytes.add(-bytes);
        (outcome.isFailure() ? counters.failed : counters.delivered).add(count);
        (outcome.isFailure() ? counters.failedBytes : counters.deliveredBytes).add(bytes);
        return outcome;
    }

    /** A peer that does not take its replies loses its connection; the worker goes on. */
    private void reply(byte[] reply) {
        try {
            owner.write(reply);
        } catch (IllegalStateException e) {
            owner.feed()
                    .warning(
                            MonitorEvent.Kind.ERROR,
                            settings.name(),
                            owner.id(),
                            String.valueOf(e.getMessage()));
        }
    }

    private String failureText(LanePayload first, int count, Outcome outcome) {
        return "DMG3001 bean failed on payload %s of %d bytes%s from %s on listener '%s': %s"
                .formatted(
                        first.id(),
                        first.size(),
                        count > 1 ? " and " + (count - 1) + " more of its batch" : "",
                        Peer.text(owner.remoteAddress()),
                        settings.name(),
                        outcome.failure());
    }

    private void record(LanePayload payload, long called, long ended, @Nullable String error) {
        record(
                payload,
                called,
                ended,
                error == null ? MessageRecord.Outcome.DELIVERED : MessageRecord.Outcome.FAILED,
                error);
    }

    private void record(
            LanePayload payload,
            long called,
            long ended,
            MessageRecord.Outcome outcome,
            @Nullable String error) {
        Content content = payload.content();
        owner.feed()
                .message(
                        new FinishedMessage(
                                owner.id(),
                                payload.number(),
                                settings.name(),
                                owner.remoteAddress(),
                                payload.size(),
                                content.firstByteNanos(payload.index()),
                                content.lastByteNanos(),
                                called,
                                ended,
                                called == 0 ? 0 : 1,
                                outcome,
                                error,
                                content instanceof SpilledFrame,
                                settings.charset().name()),
                        head(payload));
    }

    private byte[] head(LanePayload payload) {
        int most = settings.recordBytes().intBytes();
        try {
            return most == 0 ? NO_BYTES : payload.head(most);
        } catch (UncheckedIOException e) {
            return NO_BYTES;
        }
    }

    /** Tells the bean of an event. */
    void tell(SocketEvent event, Dispatcher.Worker worker) throws EndpointUnavailableException {
        Outcome outcome = worker.endpoint().tell(event, owner);
        if (outcome.isFailure()) {
            owner.feed()
                    .warning(
                            MonitorEvent.Kind.DELIVERY_FAILED,
                            settings.name(),
                            owner.id(),
                            "DMG3002 bean failed on event %s of %s on listener '%s': %s"
                                    .formatted(
                                            event.kind(),
                                            Peer.text(owner.remoteAddress()),
                                            settings.name(),
                                            outcome.failure()));
        }
        if (event instanceof SocketEvent.Data data && !shape.payloads()) {
            (outcome.isFailure() ? counters.failedBytes : counters.deliveredBytes)
                    .add(data.bytes().readableBytes());
        }
        if (outcome.endpointLost()) {
            worker.lose();
        }
    }

    /** Counts a chunk that the bean will not see. */
    void discard(SocketEvent.Data data) {
        if (!shape.payloads()) {
            counters.discardedBytes.add(data.bytes().readableBytes());
        }
    }

    /** Counts a content that no bean will see, and gives it back. */
    void discard(Content content) {
        discardFrom(content, position);
        position = 0;
        content.release();
    }

    private void discardFrom(Content content, int from) {
        failed = true; // an orderly end would tell the peer that it was delivered
        for (int i = from; i < content.count(); i++) {
            LanePayload payload =
                    new LanePayload(owner, settings.charset(), content, i, ++numbered);
            String error =
                    "DMG3003 payload %s of %d bytes from %s on listener '%s' was not delivered before the listener had to stop"
                            .formatted(
                                    payload.id(),
                                    payload.size(),
                                    Peer.text(owner.remoteAddress()),
                                    settings.name());
            owner.feed().warning(MonitorEvent.Kind.DISCARDED, settings.name(), owner.id(), error);
            record(payload, 0, 0, MessageRecord.Outcome.DISCARDED, error);
            counters.dropped.increment();
            counters.discarded.increment();
            counters.discardedBytes.add(payload.size());
        }
    }
}
