package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Payload;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.engine.Activation;
import io.dermaga.engine.Engine;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A listener of a running engine on a free port, whose bean notes every payload and writes what the
 * {@link Answer} gives. Closing it closes the listener and its connections.
 */
final class Receiver implements AutoCloseable {

    /** What the bean writes for a payload; no bytes: nothing. An exception fails the delivery. */
    @FunctionalInterface
    interface Answer {

        /** No answer. */
        Answer NONE = payload -> new byte[0];

        byte[] to(byte[] payload) throws Exception;
    }

    static final String HOST = "127.0.0.1";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Engine ENGINE = new Engine(AdapterSettings.defaults());
    private static final ExecutorService WORKERS =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "receiver");
                        thread.setDaemon(true);
                        return thread;
                    });

    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
    }

    private final String name = "interop-" + NUMBER.incrementAndGet();
    private final List<byte[]> payloads = new CopyOnWriteArrayList<>();
    private final Answer answer;
    private final Activation activation;

    private Receiver(Map<Setting, String> given, Answer answer) {
        Map<Setting, String> settings = new EnumMap<>(given);
        settings.put(Setting.HOST, HOST);
        settings.put(Setting.PORT, "0");
        this.answer = answer;
        this.activation =
                ENGINE.activate(
                        name,
                        SettingsReader.read(settings, name, List.of(), Engine.rules(Receiver.class.getClassLoader())),
                        BeanShape.ofPayloads(),
                        WORKERS::execute,
                        Bean::new);
        activation.start();
        await().until(() -> activation.listeners().get(0).state() == ListenerState.LISTENING);
    }

    static Receiver of(String framing, Answer answer) {
        return of(Map.of(Setting.FRAMING, framing), answer);
    }

    static Receiver of(Map<Setting, String> settings, Answer answer) {
        return new Receiver(settings, answer);
    }

    int port() {
        return activation.listeners().get(0).port();
    }

    /** Payloads in the order of their delivery. */
    List<byte[]> payloads() {
        return payloads;
    }

    /** Payloads in the order of their delivery, in UTF-8. */
    List<String> texts() {
        return payloads.stream().map(one -> new String(one, StandardCharsets.UTF_8)).toList();
    }

    /** Waits for so many payloads and gives them in UTF-8. */
    List<String> texts(int count) {
        await().until(() -> payloads.size() >= count);
        return texts();
    }

    Counters counters() {
        return activation.listeners().get(0).counters().snapshot();
    }

    /**
     * Waits until the peers are gone; proves that every byte of theirs was delivered or belongs to
     * the envelope, and that no delivery failed.
     */
    Counters settled() {
        await().until(() -> activation.listeners().get(0).isEmpty());
        Counters counters = counters();
        assertThat(errors()).as("payloads that failed or were discarded").isEmpty();
        assertThat(counters.delivered()).isEqualTo(payloads.size());
        assertThat(counters.envelopeBytes() + counters.deliveredBytes())
                .as("every byte delivered or of the envelope: %s", counters)
                .isEqualTo(counters.bytesRead());
        return counters;
    }

    /** What went wrong. */
    List<String> errors() {
        return ENGINE.monitor().messages(0, Integer.MAX_VALUE).stream()
                .filter(one -> one.listener().equals(name))
                .filter(one -> one.outcome() != MessageRecord.Outcome.DELIVERED)
                .map(MessageRecord::toString)
                .toList();
    }

    @Override
    public void close() {
        ENGINE.deactivate(activation);
    }

    private final class Bean implements Endpoint {

        @Override
        public Outcome deliver(Payload payload) {
            byte[] bytes = payload.bytes();
            payloads.add(bytes);
            try {
                byte[] reply = answer.to(bytes);
                return reply.length == 0 ? Outcome.SUCCESS : Outcome.replied(reply);
            } catch (Exception e) {
                return Outcome.failed(e.toString(), false);
            }
        }

        @Override
        public Outcome deliver(List<Payload> batch) {
            throw new IllegalStateException("the bean takes one payload at a time");
        }

        @Override
        public Outcome tell(SocketEvent event, LaneOwner connection) {
            throw new IllegalStateException("the bean is told of no events");
        }

        @Override
        public void release() {
            // nothing is held
        }
    }
}
