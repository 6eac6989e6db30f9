package io.dermaga.engine.listen;

import io.dermaga.engine.listen.NameLookup.Found;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.Peer;
import io.dermaga.engine.settings.DialSettings;
import io.dermaga.engine.settings.Durations;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One of the connections that a {@link Dialer} keeps: the addresses of its hosts are tried in turn,
 * from the first on; then it waits, each time twice as long, less a random part of up to a half, so
 * that many do not come at once when a peer is there again. A connection that lived longer than the
 * last wait makes the next one short again. All is done while holding the lock of the dialer.
 */
final class Line {

    /** What it does. */
    private enum State {
        WAITING,
        DIALING,
        CONNECTED
    }

    private final Dialer dialer;
    private final int attempt;
    private final DialSettings settings;

    private State state = State.WAITING;
    private Duration wait;
    private @Nullable ScheduledFuture<?> next;
    private @Nullable SocketChannel dialed;
    private @Nullable String why;

    Line(Dialer dialer, int attempt) {
        this.dialer = dialer;
        this.attempt = attempt;
        this.settings = dialer.dialing();
        this.wait = settings.reconnectMin();
    }

    /** Connects, unless the dialer is paused. */
    void dial() {
        synchronized (dialer) {
            if (state != State.WAITING || !dialer.isCurrent(attempt) || dialer.isPaused()) {
                return;
            }
            state = State.DIALING;
        }
        dialer.shared()
                .transport()
                .names()
                .all(dialer.settings().hosts())
                .whenComplete(
                        (found, problem) -> {
                            if (problem != null) {
                                unreachable(BindProblem.unknown(dialer.settings().host(), problem));
                            } else {
                                tryNext(new ArrayDeque<>(found));
                            }
                        });
    }

    /** Connects now if it waits. */
    void redial() {
        ScheduledFuture<?> scheduled = next;
        if (state == State.WAITING && scheduled != null) {
            scheduled.cancel(false);
        }
        dial();
    }

    /** Connects no more; a connection that is there lives on. */
    void hangUp() {
        ScheduledFuture<?> scheduled = next;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        SocketChannel channel = dialed;
        if (channel != null && state == State.DIALING) {
            channel.close();
        }
    }

    boolean isDialing() {
        SocketChannel channel = dialed;
        return state == State.DIALING && channel != null && channel.isOpen();
    }

    private void tryNext(Queue<Found> rest) {
        synchronized (dialer) {
            if (!isWanted()) {
                return;
            }
            Found target = rest.poll();
            if (target == null) {
                unreachable(String.valueOf(why));
                return;
            }
            try {
                connect(target, rest);
            } catch (IOException | ChannelException e) {
                unreachable(Escape.cause(e)); // no file descriptor is left
            }
        }
    }

    private void connect(Found target, Queue<Found> rest) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(target.address(), dialer.settings().port());
        Sockets sockets = dialer.shared().transport().sockets();
        SocketChannel channel = sockets.connecting().get();
        dialed = channel;
        try {
            sockets.options().connecting(channel, dialer.settings().socket());
        } catch (IOException | ChannelException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
        channel.config()
                .setOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        (int) settings.connectTimeout().toMillis());
        channel.pipeline().addLast(new Reached(channel, address, rest));
        dialer.shared()
                .transport()
                .group()
                .register(channel)
                .addListener(
                        registered -> {
                            if (registered.isSuccess()) {
                                channel.connect(address)
                                        .addListener(
                                                done -> {
                                                    if (!done.isSuccess()) {
                                                        channel.close();
                                                        missed(address, done.cause(), rest);
                                                    }
                                                });
                            } else {
                                channel.unsafe().closeForcibly();
                                missed(address, registered.cause(), rest);
                            }
                        });
    }

    private void missed(InetSocketAddress address, Throwable cause, Queue<Found> rest) {
        missed(why(address, cause), rest);
    }

    private void missed(String text, Queue<Found> rest) {
        why = text;
        tryNext(rest);
    }

    private String why(InetSocketAddress address, Throwable cause) {
        String peer = Peer.text(address);
        if (cause instanceof ConnectTimeoutException) {
            return peer
                    + " did not answer within connectTimeout="
                    + Durations.format(settings.connectTimeout());
        }
        if (cause instanceof ConnectException
                && String.valueOf(cause.getMessage()).contains("refused")) {
            return "nobody listens on " + peer;
        }
        return cause instanceof UnknownHostException
                ? BindProblem.unknown(address.getHostString(), cause)
                : peer + ": " + Escape.cause(cause);
    }

    /** Whether it may go on; while it may not, it waits for {@link #redial()}. */
    private boolean isWanted() {
        synchronized (dialer) {
            boolean current = dialer.isCurrent(attempt);
            if (current && dialer.isPaused()) {
                state = State.WAITING;
                dialed = null;
                return false;
            }
            return current;
        }
    }

    private void unreachable(String text) {
        synchronized (dialer) {
            if (dialer.isCurrent(attempt)) {
                dialer.unreachable(text, later());
            }
        }
    }

    /** It waits, and then connects. */
    private Duration later() {
        state = State.WAITING;
        dialed = null;
        long most = wait.toMillis();
        Duration jittered =
                Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(settings.reconnectMax()) < 0 ? doubled : settings.reconnectMax();
        next = dialer.later(jittered, this::dial);
        return jittered;
    }

    private void connected(SocketChannel channel) {
        long since = System.nanoTime();
        synchronized (dialer) {
            if (!dialer.isCurrent(attempt)) {
                return; // the listener is being closed, and it with it
            }
            state = State.CONNECTED;
            dialed = null;
            dialer.connected();
        }
        channel.closeFuture().addListener(closed -> lost(System.nanoTime() - since));
    }

    private void lost(long livedNanos) {
        synchronized (dialer) {
            if (dialer.isCurrent(attempt)) {
                if (livedNanos > wait.toNanos()) {
                    wait = settings.reconnectMin();
                }
                dialer.lost();
                later();
            }
        }
    }

    /** Waits for the socket to be connected, then gives way to what reads it. On its event loop. */
    private final class Reached extends ChannelInboundHandlerAdapter {

        private final SocketChannel channel;
        private final InetSocketAddress address;
        private final Queue<Found> rest;

        Reached(SocketChannel channel, InetSocketAddress address, Queue<Found> rest) {
            this.channel = channel;
            this.address = address;
            this.rest = rest;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (address.equals(channel.localAddress())) { // TCP's simultaneous open
                channel.close();
                missed("nobody listens on " + Peer.text(address), rest);
            } else if (!isWanted()) {
                channel.close();
            } else if (dialer.admits(channel)) {
                dialer.adopt(context, channel, address);
                connected(channel);
                context.fireChannelActive();
                context.pipeline().remove(this);
            } else {
                channel.close();
                missed("allow and deny do not let " + Peer.text(address) + " in", rest);
            }
        }
    }
}
