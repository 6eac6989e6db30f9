package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.listen.NameLookup.Found;
import io.dermaga.engine.listen.NameLookup.UnknownNameException;
import io.dermaga.engine.settings.ListenerSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The listening sockets of a listener, one for each address, all bound or none: now, or as soon as
 * the port can be had (tried again after 1 s, 2 s, … at most 30 s).
 */
final class Binding extends ConnectionSource {

    private static final int MOST_BACKOFF_SECONDS = 30;

    /** Connections that are taken before anything else gets its turn. */
    private static final int MOST_ACCEPTS = 128;

    private final Acceptor acceptor;

    // changed while holding the lock
    private final List<ServerChannel> channels = new ArrayList<>();
    private int backoffSeconds = 1;

    private volatile @Nullable Channel first;

    Binding(ListenerSettings settings, Shared shared, Acceptor acceptor, Runnable sweep) {
        super(settings, shared, sweep);
        this.acceptor = acceptor;
    }

    @Override
    int port() {
        Channel bound = first;
        return bound != null && bound.localAddress() instanceof InetSocketAddress address
                ? address.getPort()
                : settings().port();
    }

    @Override
    void open() {
        backoffSeconds = 1;
        channels.clear();
        acceptor.paused(false);
        lookUp(attempt());
    }

    private void lookUp(int attempt) {
        shared().transport()
                .names()
                .all(settings().hosts())
                .whenComplete(
                        (found, problem) -> {
                            if (problem != null) {
                                refused(attempt, settings().host(), problem);
                            } else {
                                bind(attempt, found);
                            }
                        });
    }

    /** All on one event loop, so that one thread accepts. */
    private void bind(int attempt, List<Found> found) {
        try {
            List<Found> addresses =
                    NameLookup.firsts(settings().hosts(), found, settings().socket().ipv6Only());
            EventLoop eventLoop = shared().transport().group().next();
            bindNext(attempt, new ArrayDeque<>(addresses), settings().port(), eventLoop);
        } catch (UnknownNameException e) {
            refused(attempt, e.host(), e);
        }
    }

    /**
     * @param rest what is still to be bound
     * @param port of the address before, which the others take too
     */
    private synchronized void bindNext(
            int attempt, Queue<Found> rest, int port, EventLoop eventLoop) {
        if (!isCurrent(attempt)) {
            return;
        }
        Found next = rest.poll();
        if (next == null) {
            listening();
            return;
        }
        try {
            ServerChannel server = newServer();
            channels.add(server);
            eventLoop
                    .register(server)
                    .addListener(
                            registered -> {
                                if (registered.isSuccess()) {
                                    bind(attempt, server, next, rest, port);
                                } else {
                                    server.unsafe().closeForcibly();
                                    refused(attempt, next.host(), registered.cause());
                                }
                            });
        } catch (IOException | ChannelException e) {
            refused(attempt, next.host(), e); // no file descriptor is left
        }
    }

    private void bind(int attempt, ServerChannel server, Found next, Queue<Found> rest, int port) {
        server.bind(new InetSocketAddress(next.address(), port))
                .addListener(
                        bound -> {
                            if (bound.isSuccess()) {
                                int chosen = ((InetSocketAddress) server.localAddress()).getPort();
                                bindNext(attempt, rest, chosen, server.eventLoop());
                            } else {
                                refused(attempt, next.host(), bound.cause());
                            }
                        });
    }

    /** It does not accept before all addresses are bound. */
    private ServerChannel newServer() throws IOException {
        Sockets sockets = shared().transport().sockets();
        ServerChannel server = sockets.listening().get();
        try {
            sockets.options().listening(server, settings().socket());
        } catch (IOException | ChannelException e) {
            server.unsafe().closeForcibly();
            throw e;
        }
        server.config()
                .setRecvByteBufAllocator(
                        new ServerChannelRecvByteBufAllocator()
                                .respectMaybeMoreData(false) // else one a turn: ADR 11
                                .maxMessagesPerRead(MOST_ACCEPTS));
        server.config().setAutoRead(false);
        server.pipeline().addLast(acceptor);
        return server;
    }

    private void listening() {
        first = channels.get(0);
        opened(ListenerState.LISTENING);
        shared().feed()
                .info(
                        Kind.LISTENING,
                        settings().name(),
                        "DMG2002 listener '%s' listens on %s port %d, framing %s"
                                .formatted(
                                        settings().name(),
                                        settings().host(),
                                        port(),
                                        settings().framing().text()));
        tellOfBuffers(channels.get(0));
        channels.forEach(server -> server.config().setAutoRead(true));
    }

    private void tellOfBuffers(ServerChannel server) {
        try {
            SocketOptions options = shared().transport().sockets().options();
            String cut = options.cut(server, settings().socket());
            if (cut != null) {
                shared().feed()
                        .warning(
                                Kind.LISTENING,
                                settings().name(),
                                null,
                                "DMG2120 listener '%s' has smaller buffers than configured: %s"
                                        .formatted(settings().name(), cut));
            }
        } catch (IOException e) {
            // it is being closed
        }
    }

    private synchronized void refused(int attempt, String host, Throwable cause) {
        if (!isCurrent(attempt)) {
            return;
        }
        close();
        failed(BindProblem.text(settings(), host, cause, backoffSeconds));
        become(ListenerState.FAILED);
        later(Duration.ofSeconds(backoffSeconds), () -> again(attempt));
        backoffSeconds = Math.min(MOST_BACKOFF_SECONDS, backoffSeconds * 2);
    }

    private synchronized void again(int attempt) {
        if (isCurrent(attempt)) {
            channels.clear();
            lookUp(attempt);
        }
    }

    @Override
    void close() {
        first = null;
        channels.forEach(Channel::close);
    }

    @Override
    boolean isClosed() {
        synchronized (this) {
            return channels.stream().noneMatch(Channel::isOpen);
        }
    }

    @Override
    void take(boolean on) {
        acceptor.paused(!on);
        for (ServerChannel server : channels) {
            // only there Netty takes back a read that is pending
            server.eventLoop().execute(() -> server.config().setAutoRead(on));
        }
    }

    @Override
    void settle() {
        List<ServerChannel> bound;
        synchronized (this) {
            bound = List.copyOf(channels);
        }
        for (ServerChannel server : bound) {
            server.eventLoop().submit(() -> {}).awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
    }

    @Override
    ListenerState resumed() {
        return ListenerState.LISTENING;
    }
}
