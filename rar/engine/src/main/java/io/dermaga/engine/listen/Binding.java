package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.settings.ListenerSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket of a listener: bound now, or as soon as the port can be had (tried again
 * after 1 s, 2 s, … at most 30 s).
 */
final class Binding {

    private static final int MOST_BACKOFF_SECONDS = 30;

    /** Connections that are taken before anything else gets its turn. */
    private static final int MOST_ACCEPTS = 128;

    private static final long LEAST_SWEEP_MILLIS = 50;
    private static final long MOST_SWEEP_MILLIS = 1000;

    private final ListenerSettings settings;
    private final Shared shared;
    private final ChannelHandler acceptor;
    private final Runnable sweep;

    private volatile ListenerState state = ListenerState.STARTING;
    private volatile @Nullable String error;
    private volatile @Nullable Channel channel;
    private @Nullable ScheduledFuture<?> sweeper;
    private int backoffSeconds = 1;

    Binding(ListenerSettings settings, Shared shared, ChannelHandler acceptor, Runnable sweep) {
        this.settings = settings;
        this.shared = shared;
        this.acceptor = acceptor;
        this.sweep = sweep;
    }

    ListenerState state() {
        return state;
    }

    boolean isEnding() {
        return state == ListenerState.DRAINING || state == ListenerState.STOPPED;
    }

    @Nullable String error() {
        return error;
    }

    int port() {
        Channel bound = channel;
        return bound != null && bound.localAddress() instanceof InetSocketAddress address
                ? address.getPort()
                : settings.port();
    }

    synchronized void start() {
        if (state != ListenerState.STARTING && state != ListenerState.FAILED) {
            return;
        }
        try {
            Sockets sockets = shared.transport().sockets();
            ServerChannel server = sockets.listening().get();
            sockets.options().listening(server, settings.socket());
            server.config()
                    .setRecvByteBufAllocator(
                            new ServerChannelRecvByteBufAllocator()
                                    .respectMaybeMoreData(false) // else one a turn: ADR 11
                                    .maxMessagesPerRead(MOST_ACCEPTS));
            server.pipeline().addLast(acceptor);
            shared.transport()
                    .group()
                    .register(server)
                    .addListener(future -> registered((ChannelFuture) future));
        } catch (IOException | ChannelException e) {
            refused(e); // no file descriptor is left
        }
    }

    private void registered(ChannelFuture registration) {
        Channel server = registration.channel();
        if (registration.isSuccess()) {
            InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
            server.bind(address).addListener(future -> bound((ChannelFuture) future));
        } else {
            server.unsafe().closeForcibly();
            bound(registration);
        }
    }

    private synchronized void bound(ChannelFuture future) {
        if (state != ListenerState.STARTING && state != ListenerState.FAILED) {
            future.channel().close();
        } else if (future.isSuccess()) {
            channel = future.channel();
            state = ListenerState.LISTENING;
            error = null;
            scheduleSweep();
            shared.feed()
                    .info(
                            Kind.LISTENING,
                            settings.name(),
                            "DMG2002 listener '%s' listens on %s port %d, framing %s"
                                    .formatted(
                                            settings.name(),
                                            settings.host(),
                                            port(),
                                            settings.framing().text()));
        } else {
            future.channel().close();
            refused(future.cause());
        }
    }

    private void refused(Throwable cause) {
        String text = BindProblem.text(settings, cause, backoffSeconds);
        boolean first = error == null;
        error = text;
        state = ListenerState.FAILED;
        if (first) {
            shared.feed().warning(Kind.LISTENER_FAILED, settings.name(), null, text);
        }
        later(backoffSeconds);
        backoffSeconds = Math.min(MOST_BACKOFF_SECONDS, backoffSeconds * 2);
    }

    private void later(int seconds) {
        try {
            shared.transport().timer().schedule(this::start, seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            // the engine is being closed
        }
    }

    private void scheduleSweep() {
        long shortest = settings.limits().shortest().toMillis();
        long period = Math.max(LEAST_SWEEP_MILLIS, Math.min(MOST_SWEEP_MILLIS, shortest / 10));
        sweeper =
                shared.transport()
                        .timer()
                        .scheduleWithFixedDelay(sweep, period, period, TimeUnit.MILLISECONDS);
    }

    /** Closes the listening socket and waits for it. Never on an event loop. */
    void drain() {
        Channel bound;
        synchronized (this) {
            state = ListenerState.DRAINING;
            bound = channel;
            if (sweeper != null) {
                sweeper.cancel(false);
            }
        }
        if (bound != null) {
            bound.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        }
    }

    synchronized void stopped() {
        state = ListenerState.STOPPED;
        shared.feed()
                .info(
                        Kind.LISTENER_STOPPED,
                        settings.name(),
                        "DMG2007 listener '%s' is closed".formatted(settings.name()));
    }

    /** Says in words why a port could not be bound. */
    static final class BindProblem {

        private BindProblem() {}

        static String text(ListenerSettings settings, Throwable cause, int retrySeconds) {
            return "DMG1201 listener '%s' cannot listen: %s; tried again in %d s"
                    .formatted(settings.name(), why(settings, cause), retrySeconds);
        }

        private static String why(ListenerSettings settings, Throwable cause) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException) {
                return "property 'host': given '"
                        + settings.host()
                        + "', a name that is not known here";
            }
            if (message.contains("ermission denied")) {
                return "property 'port': given "
                        + settings.port()
                        + ", which this process may not bind (ports below 1024 need a privilege)";
            }
            if (message.contains("assign requested address")) {
                return "property 'host': given '"
                        + settings.host()
                        + "', which is no address of this machine";
            }
            if (cause instanceof BindException || message.contains("in use")) {
                return "property 'port': given "
                        + settings.port()
                        + " on "
                        + settings.host()
                        + ", which is in use";
            }
            return Escape.cause(cause);
        }
    }
}
