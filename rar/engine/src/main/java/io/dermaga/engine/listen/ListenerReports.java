package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.TimeoutKind;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.detect.Suspicion;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.Peer;
import io.dermaga.engine.settings.Durations;
import io.dermaga.engine.settings.ListenerSettings;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * What a listener tells of its connections, in the words of docs/messages.md. Thread-safe.
 *
 * <p>Words that are put together when somebody reads them outlive the listener, and so must not
 * hold it: its bean's class loader would stay.
 */
final class ListenerReports {

    private final ListenerSettings settings;
    private final Feed feed;

    ListenerReports(ListenerSettings settings, Feed feed) {
        this.settings = settings;
        this.feed = feed;
    }

    void connected(TcpConnection connection) {
        detail(Kind.CONNECTED, connection, told("DMG2001", connection, "is open"));
    }

    void refused(SocketChannel channel) {
        feed.warning(
                Kind.REFUSED,
                settings.name(),
                null,
                "DMG2101 connection from %s on listener '%s' is refused: maxConnections=%d are open"
                        .formatted(
                                Peer.text(channel.remoteAddress()),
                                settings.name(),
                                settings.limits().maxConnections()));
    }

    void cannotAccept(Throwable cause, int pauseSeconds) {
        feed.warning(
                Kind.LISTENER_FAILED,
                settings.name(),
                null,
                "DMG2108 listener '%s' cannot accept connections: %s; tried again in %d s"
                        .formatted(settings.name(), Escape.cause(cause), pauseSeconds));
    }

    void held(TcpConnection connection, Hold hold, boolean on) {
        detail(
                on ? Kind.PAUSED : Kind.RESUMED,
                connection,
                told(
                        on ? "DMG2003" : "DMG2004",
                        connection,
                        (on ? "is paused (" : "goes on (") + hold + ")"));
    }

    void failed(TcpConnection connection, Throwable cause) {
        detail(
                Kind.ERROR,
                connection,
                told("DMG2102", connection, "failed: " + Escape.cause(cause)));
    }

    void spillFailed(TcpConnection connection, Throwable cause) {
        warning(
                Kind.ERROR,
                connection,
                "DMG2106 %s is closed, its large payload cannot be kept on disk: %s"
                        .formatted(describe(connection), Escape.cause(cause)));
    }

    void timedOut(TcpConnection connection, TimeoutKind kind) {
        String why =
                kind == TimeoutKind.FRAME
                        ? "a payload was not complete within frameTimeout="
                                + Durations.format(settings.limits().frameTimeout())
                        : "nothing was read or written for idleTimeout="
                                + Durations.format(connection.idleTimeout());
        warning(
                Kind.TIMEOUT,
                connection,
                "DMG2107 %s is closed: %s".formatted(describe(connection), why));
    }

    void suspected(TcpConnection connection, Suspicion suspicion) {
        warning(
                Kind.SUSPICION,
                connection,
                "DMG2112 %s %s".formatted(describe(connection), suspicion.text()));
    }

    void closed(TcpConnection connection, CloseReason reason) {
        String id = connection.id();
        InetSocketAddress peer = connection.remoteAddress();
        long read = connection.bytesRead();
        long written = connection.bytesWritten();
        String name = settings.name();
        detail(
                Kind.CLOSED,
                connection,
                () ->
                        "DMG2005 %s is closed: %s, %d bytes read, %d written"
                                .formatted(describe(id, peer, name), reason, read, written));
    }

    void closedBy(TcpConnection connection, String actor) {
        warning(
                Kind.CLOSED,
                connection,
                "DMG2006 %s is closed by '%s'".formatted(describe(connection), Escape.text(actor)));
    }

    private void detail(Kind kind, TcpConnection connection, Supplier<String> text) {
        feed.detail(kind, settings.name(), connection.id(), text);
    }

    private void warning(Kind kind, TcpConnection connection, String text) {
        feed.warning(kind, settings.name(), connection.id(), text);
    }

    private Supplier<String> told(String number, TcpConnection connection, String what) {
        String id = connection.id();
        InetSocketAddress peer = connection.remoteAddress();
        String name = settings.name();
        return () -> number + " " + describe(id, peer, name) + " " + what;
    }

    private String describe(TcpConnection connection) {
        return describe(connection.id(), connection.remoteAddress(), settings.name());
    }

    private static String describe(String id, InetSocketAddress peer, String listener) {
        return "connection %s from %s on listener '%s'".formatted(id, Peer.text(peer), listener);
    }
}
