package io.dermaga.engine;

import io.dermaga.api.Payload;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.EndpointSource;
import io.dermaga.engine.lane.EndpointUnavailableException;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bean that notes what it was given. What it does besides can be set. Every endpoint proves that
 * it is used by one thread at a time.
 */
final class RecordingBean implements EndpointSource {

    /** What the bean does; an exception is a failed delivery. */
    interface OnPayload {
        void accept(Payload payload) throws Exception;
    }

    /** What the bean does on an event; an exception is a failure. */
    interface OnEvent {
        void accept(SocketEvent event, LaneOwner connection) throws Exception;
    }

    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, List<String>> byConnection = new ConcurrentHashMap<>();
    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger created = new AtomicInteger();
    private volatile int instances = Integer.MAX_VALUE;
    private volatile OnPayload onPayload = payload -> {};
    private volatile OnEvent onEvent = (event, connection) -> {};
    private volatile boolean recording = true;

    RecordingBean onPayload(OnPayload next) {
        onPayload = next;
        return this;
    }

    RecordingBean onEvent(OnEvent next) {
        onEvent = next;
        return this;
    }

    /** How many instances the container has. */
    RecordingBean instances(int most) {
        instances = most;
        return this;
    }

    /** For payloads that do not fit into memory. */
    RecordingBean recordNothing() {
        recording = false;
        return this;
    }

    /** Payloads in the order of their delivery, bytes as chars. */
    List<String> texts() {
        return copy(texts);
    }

    /** Payloads of each connection in the order of their delivery. */
    Map<String, List<String>> byConnection() {
        return byConnection;
    }

    /** Events and payloads in order, as {@code connect}, {@code payload x}, {@code close ...}. */
    List<String> happened() {
        return copy(happened);
    }

    private static List<String> copy(List<String> list) {
        synchronized (list) {
            return List.copyOf(list);
        }
    }

    List<Integer> batches() {
        return batches;
    }

    int endpointsHeld() {
        return held.get();
    }

    int endpointsCreated() {
        return created.get();
    }

    @Override
    public Endpoint create() throws EndpointUnavailableException {
        if (held.incrementAndGet() > instances) {
            held.decrementAndGet();
            throw new EndpointUnavailableException("all " + instances + " instances are in use");
        }
        created.incrementAndGet();
        return new Instance();
    }

    private void take(Payload payload) throws Exception {
        if (recording) {
            String text = payload.text(StandardCharsets.ISO_8859_1);
            texts.add(text);
            byConnection
                    .computeIfAbsent(payload.connection().id(), id -> new CopyOnWriteArrayList<>())
                    .add(text);
            happened.add("payload " + text);
        }
        onPayload.accept(payload);
    }

    private void take(SocketEvent event, LaneOwner connection) throws Exception {
        happened.add(words(event));
        onEvent.accept(event, connection);
    }

    private static String words(SocketEvent event) {
        if (event instanceof SocketEvent.Data data) {
            return "data " + data.as(String.class, StandardCharsets.ISO_8859_1);
        }
        if (event instanceof SocketEvent.Close close) {
            return "close " + close.reason();
        }
        if (event instanceof SocketEvent.Timeout timeout) {
            return "timeout " + timeout.which();
        }
        return event.kind().name().toLowerCase(Locale.ROOT);
    }

    private final class Instance implements Endpoint {

        private final AtomicBoolean busy = new AtomicBoolean();
        private final AtomicBoolean released = new AtomicBoolean();

        @Override
        public Outcome deliver(Payload payload) {
            return call(() -> take(payload));
        }

        @Override
        public Outcome deliver(List<Payload> payloads) {
            batches.add(payloads.size());
            return call(
                    () -> {
                        for (Payload payload : payloads) {
                            take(payload);
                        }
                    });
        }

        @Override
        public Outcome tell(SocketEvent event, LaneOwner connection) {
            return call(() -> take(event, connection));
        }

        private Outcome call(Body body) {
            if (released.get() || !busy.compareAndSet(false, true)) {
                happened.add("MISUSED");
                return Outcome.failed("endpoint is used twice at a time or after release", true);
            }
            try {
                body.run();
                return Outcome.SUCCESS;
            } catch (Exception e) {
                return Outcome.failed(e, false);
            } finally {
                busy.set(false);
            }
        }

        @Override
        public void release() {
            if (released.compareAndSet(false, true)) {
                held.decrementAndGet();
            } else {
                happened.add("RELEASED TWICE");
            }
        }
    }

    private interface Body {
        void run() throws Exception;
    }
}
