package io.dermaga.history;

import io.dermaga.TestEngine;
import io.dermaga.api.Payload;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.engine.Engine;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** An adapter with listeners for lines, whose bean fails on those that begin with {@code bad}. */
public final class TalkingAdapter implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Engine engine;

    /** All of them listen. */
    public TalkingAdapter(Path data, String... listeners) {
        this(TestEngine.in(data), payload -> {}, listeners);
    }

    /**
     * One of another engine, which is closed with it.
     *
     * @param bean does this besides
     */
    public TalkingAdapter(Engine engine, Consumer<Payload> bean, String... listeners) {
        this.engine = engine;
        for (String listener : listeners) {
            engine.activate(
                            listener,
                            SettingsReader.read(
                                    Map.of(
                                            Setting.HOST, "127.0.0.1",
                                            Setting.PORT, "0",
                                            Setting.FRAMING, "lines",
                                            Setting.MAX_DELIVERIES, "1"),
                                    listener,
                                    List.of(),
                                    Engine.rules(TalkingAdapter.class.getClassLoader())),
                            BeanShape.ofPayloads(),
                            workers::execute,
                            () -> new Bean(bean))
                    .start();
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () ->
                                monitor().snapshot().listeners().stream()
                                        .allMatch(one -> one.state() == ListenerState.LISTENING));
    }

    public Monitor monitor() {
        return engine.monitor();
    }

    /** Sends lines on a connection of their own and waits until all are in the feed. */
    public void send(String listener, List<String> lines) throws IOException {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        send(listener, bytes, lines.size());
    }

    /** The same with bytes that are so many lines. */
    void send(String listener, byte[] bytes, int lines) throws IOException {
        long before = monitor().lastMessage();
        int port =
                monitor().snapshot().listeners().stream()
                        .filter(one -> one.name().equals(listener))
                        .mapToInt(ListenerSnapshot::port)
                        .findFirst()
                        .orElseThrow();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> monitor().lastMessage() >= before + lines);
        }
    }

    @Override
    public void close() {
        engine.close();
        workers.shutdown();
    }

    private record Bean(Consumer<Payload> also) implements Endpoint {

        @Override
        public Outcome deliver(Payload payload) {
            also.accept(payload);
            return payload.text().startsWith("bad")
                    ? Outcome.failed("DMG3001 it is Bad, 100%", false)
                    : Outcome.SUCCESS;
        }

        @Override
        public Outcome deliver(List<Payload> payloads) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome tell(SocketEvent event, LaneOwner connection) {
            return Outcome.SUCCESS;
        }

        @Override
        public void release() {
            // nothing to give back
        }
    }
}
