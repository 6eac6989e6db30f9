package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.TimeoutKind;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.detect.Suspicion;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.Peer;
import io.dermaga.engine.settings.AddressRange;
import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.Durations;
import io.dermaga.engine.settings.Limits;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.RateSettings;
import io.netty.handler.codec.DecoderException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    void refused(InetSocketAddress peer, Refusal why, @Nullable Throwable cause) {
        String number = number(why);
        String name = settings.name();
        String reason = why(why, cause);
        feed.warning(
                Kind.REFUSED,
                name,
                null,
                number,
                () ->
                        "%s connection from %s on listener '%s' is refused: %s"
                                .formatted(number, Peer.text(peer), name, reason));
    }

    private static String number(Refusal why) {
        return switch (why) {
            case MAX_CONNECTIONS -> "DMG2101";
            case MAX_CONNECTIONS_PER_ADDRESS -> "DMG2114";
            case ACCESS -> "DMG2115";
            case PROXY_HEADER -> "DMG2116";
            case HANDSHAKE -> "DMG2204";
            case HANDSHAKE_TIMEOUT -> "DMG2205";
        };
    }

    private String why(Refusal why, @Nullable Throwable cause) {
        return switch (why) {
            case MAX_CONNECTIONS ->
                    "maxConnections=" + settings.limits().maxConnections() + " are open";
            case MAX_CONNECTIONS_PER_ADDRESS ->
                    "maxConnectionsPerAddress="
                            + settings.access().maxConnectionsPerAddress()
                            + " of its address are open";
            case ACCESS -> "allow and deny do not let its address in";
            case PROXY_HEADER ->
                    "proxyFrom has its address, and it does not begin with a PROXY header"
                            + (cause == null ? "" : ": " + Escape.cause(cause));
            case HANDSHAKE ->
                    cause == null
                            ? "it does not begin with a TLS handshake, and tls="
                                    + settings.tls().mode()
                            : "the TLS handshake failed: " + Escape.cause(root(cause));
            case HANDSHAKE_TIMEOUT ->
                    "it was not ready within handshakeTimeout="
                            + Durations.format(settings.limits().handshakeTimeout());
        };
    }

    /** What decoders wrap says nothing. */
    private static Throwable root(Throwable cause) {
        return cause instanceof DecoderException && cause.getCause() != null
                ? cause.getCause()
                : cause;
    }

    /** Bytes came after the command that asked for encryption, before it began. */
    void injected(TcpConnection connection) {
        warning(
                Kind.ERROR,
                connection,
                "DMG2206 %s is closed: bytes came after the command to encrypt it, before it was"
                        .formatted(describe(connection)));
    }

    void accessChanged(List<AddressRange> allow, List<AddressRange> deny, String actor) {
        feed.warning(
                Kind.ACCESS,
                settings.name(),
                null,
                "DMG2117 access to listener '%s' is changed by '%s': allow=%s, deny=%s"
                        .formatted(settings.name(), Escape.text(actor), list(allow), list(deny)));
    }

    void ratesChanged(RateSettings rates, String actor) {
        feed.warning(
                Kind.ACCESS,
                settings.name(),
                null,
                "DMG2118 rates of listener '%s' are changed by '%s': readRate=%s, connectionReadRate=%s, writeRate=%s, connectionWriteRate=%s"
                        .formatted(
                                settings.name(),
                                Escape.text(actor),
                                text(rates.read()),
                                text(rates.readEach()),
                                text(rates.write()),
                                text(rates.writeEach())));
    }

    private static String text(@Nullable DataSize size) {
        return size == null ? "" : size.toString();
    }

    private static String list(List<AddressRange> ranges) {
        return ranges.stream().map(AddressRange::toString).collect(Collectors.joining(","));
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

    void heldByOperator(TcpConnection connection, boolean on, String actor) {
        warning(
                on ? Kind.PAUSED : Kind.RESUMED,
                connection,
                on
                        ? "DMG2012 %s is paused by '%s'"
                                .formatted(describe(connection), Escape.text(actor))
                        : "DMG2013 %s goes on by '%s'"
                                .formatted(describe(connection), Escape.text(actor)));
    }

    /** An operator has done something to the listener. */
    void listener(Kind kind, String number, String what, String actor) {
        feed.warning(
                kind,
                settings.name(),
                null,
                "%s listener '%s' %s by '%s'"
                        .formatted(number, settings.name(), what, Escape.text(actor)));
    }

    /** Payloads of a connection could not be stored, and never will be. */
    void notSpooled(TcpConnection connection, long number, String reason) {
        feed.warning(
                Kind.DISCARDED,
                settings.name(),
                connection.id(),
                "DMG3013 payload %s.%d from %s on listener '%s' was not stored: %s; its connection is reset, its peer was not told that it is delivered"
                        .formatted(
                                connection.id(),
                                number,
                                Peer.text(connection.remoteAddress()),
                                settings.name(),
                                reason));
    }

    /** It delivers nothing more, since a payload was given up. */
    void pausedByPoison(String why) {
        feed.warning(
                Kind.PAUSED,
                settings.name(),
                null,
                "DMG2025 listener '%s' is paused until an operator resumes it (onPoison=PAUSE_LISTENER): %s"
                        .formatted(settings.name(), why));
    }

    void stoppedByForce(Duration drainTimeout) {
        feed.warning(
                Kind.LISTENER_STOPPED,
                settings.name(),
                null,
                "DMG2121 listener '%s' is stopped FORCED: deliveries were not finished within drainTimeout=%s"
                        .formatted(settings.name(), Durations.format(drainTimeout)));
    }

    void firstByte(TcpConnection connection) {
        detail(Kind.FIRST_BYTE, connection, told("DMG2014", connection, "has sent its first byte"));
    }

    void ended(TcpConnection connection) {
        detail(Kind.ENDED, connection, told("DMG2015", connection, "was ended by its peer"));
    }

    void drained(TcpConnection connection) {
        detail(
                Kind.DRAINED,
                connection,
                told("DMG2016", connection, "has taken all that was written"));
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
        Limits limits = settings.limits();
        String why =
                switch (kind) {
                    case FRAME ->
                            "a payload was not complete within frameTimeout="
                                    + Durations.format(limits.frameTimeout());
                    case IDLE ->
                            "nothing was read or written for idleTimeout="
                                    + Durations.format(connection.idleTimeout());
                    case READ ->
                            "nothing was read for readTimeout="
                                    + Durations.format(limits.readTimeout());
                    case WRITE ->
                            "the peer took nothing of %d bytes that wait for it for writeTimeout=%s, or for 5s while the budget is used up"
                                    .formatted(
                                            connection.queuedBytes(),
                                            Durations.format(limits.writeTimeout()));
                    case FIRST_BYTE ->
                            "not a byte was read within firstByteTimeout="
                                    + Durations.format(limits.firstByteTimeout());
                    case HANDSHAKE ->
                            "the TLS handshake was not complete within handshakeTimeout="
                                    + Durations.format(limits.handshakeTimeout());
                };
        peerWarning(Kind.TIMEOUT, "DMG2107", connection, "is closed: " + why);
    }

    void suspected(TcpConnection connection, Suspicion suspicion) {
        peerWarning(Kind.SUSPICION, "DMG2112", connection, suspicion.text());
    }

    void closed(TcpConnection connection, CloseReason reason) {
        String id = connection.id();
        InetSocketAddress peer = connection.remoteAddress();
        long read = connection.bytesRead();
        long written = connection.bytesWritten();
        Duration age = connection.age();
        String name = settings.name();
        detail(
                Kind.CLOSED,
                connection,
                () ->
                        "DMG2005 %s is closed: %s, %d bytes read, %d written, open for %s"
                                .formatted(
                                        describe(id, peer, name),
                                        reason,
                                        read,
                                        written,
                                        Durations.format(age)));
    }

    void closedBy(TcpConnection connection, String actor) {
        warning(
                Kind.CLOSED,
                connection,
                "DMG2006 %s is closed by '%s'".formatted(describe(connection), Escape.text(actor)));
    }

    void writtenBy(TcpConnection connection, int bytes, String actor) {
        warning(
                Kind.WRITTEN,
                connection,
                "DMG2018 %s was written %d bytes by '%s'"
                        .formatted(describe(connection), bytes, Escape.text(actor)));
    }

    private void detail(Kind kind, TcpConnection connection, Supplier<String> text) {
        feed.detail(kind, settings.name(), connection.id(), text);
    }

    private void warning(Kind kind, TcpConnection connection, String text) {
        feed.warning(kind, settings.name(), connection.id(), text);
    }

    private void peerWarning(Kind kind, String number, TcpConnection connection, String what) {
        feed.warning(
                kind, settings.name(), connection.id(), number, told(number, connection, what));
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
        return "connection " + id + " from " + Peer.text(peer) + " on listener '" + listener + "'";
    }
}
