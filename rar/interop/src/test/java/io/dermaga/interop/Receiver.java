package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Payload;
import io.dermaga.api.ProxyHeader;
import io.dermaga.api.Reply;
import io.dermaga.api.TlsSession;
import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.Recordings;
import io.dermaga.engine.Activation;
import io.dermaga.engine.Engine;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** As an {@link Answer}, of a bean that looks at the connection too. */
    @FunctionalInterface
    interface Conversation {

        byte[] with(Payload payload) throws Exception;
    }

    /**
     * From whom a payload came.
     *
     * @param address as the bean sees it
     */
    record Peer(InetSocketAddress address, Optional<TlsSession> tls, Optional<ProxyHeader> proxy) {}

    static final String HOST = "127.0.0.1";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Engine ENGINE =
            new Engine(
                    AdapterSettings.read(
                            List.of(
                                    SettingSource.environment(
                                            Map.of(
                                                    "dermaga_adapter_dataDirectory",
                                                    "target/data")))));
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
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private final Conversation conversation;
    private final byte[] greeting;
    private final Activation activation;

    private Receiver(Draft draft, Conversation conversation) {
        this.conversation = conversation;
        this.greeting = draft.greeting;
        this.activation =
                ENGINE.activate(
                        name,
                        SettingsReader.read(
                                draft.settings,
                                name,
                                List.of(),
                                Engine.rules(Receiver.class.getClassLoader())),
                        new BeanShape(true, false, draft.events()),
                        WORKERS::execute,
                        Bean::new);
        activation.start();
        await().until(() -> activation.listeners().get(0).state() == ListenerState.LISTENING);
    }

    static Receiver of(String framing, Answer answer) {
        return of(Map.of(Setting.FRAMING, framing), answer);
    }

    static Receiver of(Map<Setting, String> settings, Answer answer) {
        Draft draft = new Draft();
        draft.settings.putAll(settings);
        return draft.answering(answer);
    }

    /** One with more settings. */
    static Draft draft(String framing) {
        return new Draft().set(Setting.FRAMING, framing);
    }

    /** What is to be started. */
    static final class Draft {

        private final Map<Setting, String> settings = new EnumMap<>(Setting.class);
        private byte[] greeting = new byte[0];

        private Draft() {
            set(Setting.HOST, HOST).set(Setting.PORT, 0);
        }

        Draft set(Setting setting, Object value) {
            settings.put(setting, value.toString());
            return this;
        }

        /** Encrypted, with the given certificates. */
        Draft tls(Object certificates) {
            return set(Setting.TLS, "REQUIRED").set(Setting.TLS_CERTIFICATE, certificates);
        }

        /** Peers show a certificate of the given authority. */
        Draft trusting(Authority authority) {
            return set(Setting.TLS_CLIENT_AUTH, "NEED").set(Setting.TLS_TRUST, authority.file());
        }

        /** What the bean writes to a peer that has connected. */
        Draft greeting(String text) {
            greeting = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        Receiver answering(Answer answer) {
            return talking(payload -> answer.to(payload.bytes()));
        }

        Receiver talking(Conversation conversation) {
            return new Receiver(this, conversation);
        }

        private Set<SocketEvent.Kind> events() {
            return greeting.length == 0 ? Set.of() : Set.of(SocketEvent.Kind.CONNECT);
        }
    }

    int port() {
        return activation.listeners().get(0).port();
    }

    String name() {
        return name;
    }

    Recordings recordings() {
        return ENGINE.monitor().recordings();
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

    /** From whom the payloads came, in the same order. */
    List<Peer> peers() {
        return peers;
    }

    /** Waits for the first payload; gives how it was encrypted. */
    TlsSession session() {
        texts(1);
        return peers.get(0).tls().orElseThrow();
    }

    /** What an operator was told of the given kind. */
    List<String> events(MonitorEvent.Kind kind) {
        return events().stream().filter(one -> one.kind() == kind).map(MonitorEvent::text).toList();
    }

    /** What an operator was told. */
    List<MonitorEvent> events() {
        return ENGINE.monitor().events(0, Integer.MAX_VALUE).stream()
                .filter(one -> name.equals(one.listener()))
                .toList();
    }

    /** Waits until a peer was refused; gives why. */
    String refusal() {
        await().until(() -> !events(MonitorEvent.Kind.REFUSED).isEmpty());
        return events(MonitorEvent.Kind.REFUSED).get(0);
    }

    /** How many connections are not ready for payloads yet. */
    long opening() {
        return ENGINE.monitor().connections().stream()
                .filter(one -> one.listener().equals(name))
                .filter(one -> one.state() == ConnectionState.OPENING)
                .count();
    }

    /** What waits in the kernel to be read. */
    long kernelBytes() {
        return ENGINE.monitor().connections().stream()
                .filter(one -> one.listener().equals(name))
                .mapToLong(ConnectionSnapshot::kernelBytes)
                .sum();
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
            peers.add(
                    new Peer(
                            payload.connection().remoteAddress(),
                            payload.tls(),
                            payload.connection().proxy()));
            payloads.add(payload.bytes());
            try {
                byte[] reply = conversation.with(payload);
                return reply.length == 0 ? Outcome.SUCCESS : Outcome.replied(Reply.of(reply));
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
            connection.write(greeting);
            return Outcome.SUCCESS;
        }

        @Override
        public void release() {
            // nothing is held
        }
    }
}
