package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.settings.DialSettings;
import io.dermaga.engine.settings.Durations;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects to peers and keeps so many connections to them, instead of waiting for theirs: for
 * devices that listen. What comes in by such a connection goes the way of every other.
 */
final class Dialer extends ConnectionSource {

    private final Listener listener;
    private final DialSettings dialing;

    // changed while holding the lock
    private List<Line> lines = List.of();
    private int connected;

    /**
     * @param listener whose connections they are
     */
    Dialer(Listener listener, DialSettings dialing, Shared shared, Runnable sweep) {
        super(listener.settings(), shared, sweep);
        this.listener = listener;
        this.dialing = dialing;
    }

    DialSettings dialing() {
        return dialing;
    }

    @Override
    int port() {
        return settings().port();
    }

    @Override
    void open() {
        connected = 0;
        opened(ListenerState.CONNECTING);
        shared().feed()
                .info(
                        Kind.CONNECTING,
                        settings().name(),
                        "DMG2017 listener '%s' connects to %s port %d, framing %s"
                                .formatted(
                                        settings().name(),
                                        settings().host(),
                                        settings().port(),
                                        settings().framing().text()));
        List<Line> next = new ArrayList<>();
        for (int i = 0; i < dialing.connections(); i++) {
            next.add(new Line(this, attempt()));
        }
        lines = next;
        lines.forEach(Line::dial);
    }

    @Override
    void close() {
        lines.forEach(Line::hangUp);
    }

    @Override
    boolean isClosed() {
        synchronized (this) {
            return lines.stream().noneMatch(Line::isDialing);
        }
    }

    @Override
    void take(boolean on) {
        if (on) {
            lines.forEach(Line::redial);
        }
    }

    @Override
    void settle() {
        // no socket waits for anything
    }

    @Override
    ListenerState resumed() {
        return connected == dialing.connections()
                ? ListenerState.CONNECTED
                : ListenerState.CONNECTING;
    }

    // ---- told by lines, while they hold the lock

    boolean isPaused() {
        return state() == ListenerState.PAUSED;
    }

    /**
     * A socket is connected, on its event loop.
     *
     * @return whether it may become a connection
     */
    boolean admits(SocketChannel channel) {
        InetSocketAddress peer = channel.remoteAddress();
        Refusal refusal = listener.admission().take(peer.getAddress());
        if (refusal != null) {
            listener.refuse(peer, refusal);
        }
        return refusal == null;
    }

    /**
     * It becomes a connection of the listener.
     *
     * @param target with the name of the host
     */
    void adopt(ChannelHandlerContext context, SocketChannel channel, InetSocketAddress target) {
        EventLoop eventLoop = context.channel().eventLoop();
        Acceptor.open(channel, eventLoop, listener, shared().transport(), target);
    }

    void connected() {
        connected++;
        noError();
        change();
    }

    void lost() {
        connected--;
        change();
    }

    private void change() {
        if (!isPaused()) {
            become(resumed());
        }
    }

    /** No host could be reached. */
    void unreachable(String why, Duration wait) {
        failed(
                "DMG1202 listener '%s' cannot connect: %s; tried again in %s"
                        .formatted(settings().name(), why, Durations.format(wait)));
    }
}
