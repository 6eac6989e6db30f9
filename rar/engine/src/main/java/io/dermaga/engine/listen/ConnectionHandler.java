package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.TimeoutKind;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.framing.FramingException;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.payload.SpillFile;
import io.dermaga.engine.recording.Tape;
import io.dermaga.engine.settings.CloseNotify;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a connection: chunks go through the framing into the lane; what waits too long or too much
 * is held back or closed. All methods run on the event loop of the connection, except where said.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter implements SpillFile.Observer {

    private final TcpConnection connection;
    private final Listener server;
    private final Lane lane;
    private final BeanShape shape;
    private final ListenerCounters counters;
    private final Intake intake;
    private final Throttle throttle;
    private final Deadlines deadlines = new Deadlines();

    /** Its bean may have heard of it. */
    private volatile boolean opened;

    /** Its first bytes, while they are to be looked at again; see {@link Suspicions}. */
    private byte @Nullable [] head;

    /** Bytes of which the lane has what they made complete. */
    private volatile long takenBytes;

    private boolean ended;
    private boolean unreadable;
    private boolean timedOut;

    ConnectionHandler(TcpConnection connection, Listener server) {
        this.connection = connection;
        this.server = server;
        this.lane = connection.lane();
        this.shape = connection.consumer().shape();
        this.counters = server.counters();
        this.intake = new Intake(connection, server, this);
        this.throttle = new Throttle(connection, server, intake);
    }

    Intake intake() {
        return intake;
    }

    Throttle throttle() {
        return throttle;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    /** Bytes that were read and looked at. Any thread. */
    long takenBytes() {
        return takenBytes;
    }

    long payloads() {
        return intake.payloads();
    }

    long assemblingBytes() {
        return intake.assemblingBytes();
    }

    /** The peer has ended its side. */
    boolean hasEnded() {
        return ended;
    }

    /** What comes before the first payload was complete. Any thread. */
    boolean hasOpened() {
        return opened;
    }

    /** What comes before the first payload is complete. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        opened = true;
        deadlines.read(System.nanoTime());
        server.reports().connected(connection);
        Recorded.opened(connection, server.recorder());
        if (server.settings().socket().pauseOnConnect()) {
            connection.pause(); // before Netty begins to read, and before the bean may resume it
        }
        tell(new SocketEvent.Connect());
        lane.signal();
        server.opened(connection);
    }

    /** It is gone before it was open. */
    void neverOpened() {
        connection.state(ConnectionState.CLOSED);
        CloseReason reason = connection.reason();
        server.closed(connection, reason == null ? CloseReason.PEER_RESET : reason);
        connection.laneFinished();
    }

    /** It has no event loop: the engine is being stopped. */
    void abandon() {
        connection.state(ConnectionState.CLOSED);
        connection.laneFinished();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf chunk = (ByteBuf) message;
        try {
            long now = System.nanoTime();
            int bytes = chunk.readableBytes();
            deadlines.read(now);
            record(chunk);
            if (connection.bytesRead() == 0) {
                server.reports().firstByte(connection);
            }
            connection.addRead(bytes, now);
            counters.bytesRead.add(bytes);
            connection.loop().read(bytes);
            if (unreadable) {
                counters.discardedPartialBytes.add(bytes);
                return;
            }
            if (shape.events().contains(SocketEvent.Kind.DATA)) {
                lane.add(new SocketEvent.Data(chunk.retain()));
            }
            if (shape.payloads()) {
                intake.read(chunk, now);
                head = server.suspicions().read(connection, head, chunk);
            } else {
                counters.receivedBytes.add(bytes);
            }
        } catch (FramingException e) {
            unreadable(e);
            head = server.suspicions().read(connection, head, chunk);
        } finally {
            takenBytes = connection.bytesRead();
            chunk.release();
        }
    }

    private void record(ByteBuf chunk) {
        Tape tape = connection.tape();
        if (tape != null) {
            Tape current = tape.current();
            connection.tape(current);
            if (current != null) {
                current.read(chunk);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        lane.signal();
        if (connection.loop().hasHandedOverMuch()) {
            connection.consumer().dispatcher().wake();
            Loop.letWorkersHaveTheCore();
        }
        deadlines.frame(!ended && intake.inFrame(), intake.frames());
        throttle.afterReads();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS) {
            peerEnded();
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            if (ended || unreadable || isEndTrusted()) {
                peerEnded();
            } else {
                truncated();
            }
        }
    }

    /** With TLS, an end of TCP alone can be anybody's who can reach the wire. */
    private boolean isEndTrusted() {
        boolean between = shape.payloads() ? !intake.inFrame() : connection.bytesRead() == 0;
        return between
                || !connection.isEncrypted()
                || server.settings().tls().closeNotify() == CloseNotify.OPTIONAL;
    }

    private void truncated() {
        connection.stopDirectWrites();
        unreadable = true;
        intake.dropUnfinished(
                "may have been cut off: the peer ended without close_notify (tlsCloseNotify=REQUIRED)");
        connection.reset(CloseReason.TRUNCATED);
    }

    private void peerEnded() {
        if (ended || unreadable) {
            return;
        }
        ended = true;
        connection.stopDirectWrites(); // the channel may close itself after this event
        Tape tape = connection.tape();
        if (tape != null) {
            tape.peerEnded();
        }
        server.reports().ended(connection);
        if (!endsWhole()) {
            return;
        }
        if (connection.state() == ConnectionState.OPEN) {
            connection.state(ConnectionState.HALF_CLOSED);
        }
        deadlines.frame(false, intake.frames());
        lane.add(new SocketEvent.End());
        lane.signal();
        if (connection.state() == ConnectionState.CLOSING) {
            connection.endWith(CloseReason.ENDED);
        }
    }

    /** Completes or discards what is not complete; false if the stream was at fault. */
    private boolean endsWhole() {
        try {
            if (shape.payloads()) {
                intake.end();
            }
            intake.dropUnfinished("was incomplete when the peer ended");
            return true;
        } catch (FramingException e) {
            unreadable(e);
            return false;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.stopDirectWrites();
        connection.state(ConnectionState.CLOSED);
        connection.noteReason(ended ? CloseReason.PEER_ENDED : CloseReason.PEER_RESET);
        intake.dropUnfinished("was incomplete when the connection closed");
        server.suspicions().closed(connection, head);
        CloseReason reason = connection.reason();
        Tape tape = connection.tape();
        if (tape != null) {
            connection.tape(null);
            tape.closed(
                    reason == null ? CloseReason.PEER_ENDED : reason, connection.hasBeenReset());
        }
        server.closed(connection, reason == null ? CloseReason.PEER_ENDED : reason);
        lane.add(new SocketEvent.Close(reason == null ? CloseReason.PEER_ENDED : reason));
        lane.signal();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.stopDirectWrites(); // the channel may close itself after this event
        unreadable = true;
        tellOf(cause);
        // never an orderly end: the peer would take it for the success of what still waits
        connection.reset(reason(cause));
    }

    /** It has failed; that is no news if it is being closed. */
    void tellOf(Throwable cause) {
        if (connection.reason() == null && connection.state() != ConnectionState.CLOSED) {
            connection.noteReason(reason(cause)); // Netty may have closed the socket by itself
            server.reports().failed(connection, cause);
            tell(new SocketEvent.Failure(cause));
            lane.signal();
        }
    }

    private static CloseReason reason(Throwable cause) {
        return cause instanceof IOException ? CloseReason.PEER_RESET : CloseReason.IO_ERROR;
    }

    /** The stream cannot be read on. */
    private void unreadable(FramingException fault) {
        unreadable = true;
        intake.unreadable(fault);
        tell(new SocketEvent.Failure(fault));
        lane.signal();
        connection.reset(fault.reason());
    }

    /** A deadline has passed. */
    void timeout(TimeoutKind kind) {
        if (timedOut || connection.state() == ConnectionState.CLOSED) {
            return;
        }
        if (kind == TimeoutKind.HANDSHAKE && connection.state() != ConnectionState.OPENING) {
            return; // meanwhile it is complete
        }
        timedOut = true;
        if (!opened && kind == TimeoutKind.HANDSHAKE) {
            connection.noteReason(CloseReason.HANDSHAKE_TIMEOUT);
            server.turnedAway(connection, Refusal.HANDSHAKE_TIMEOUT, null);
            connection.reset(CloseReason.HANDSHAKE_TIMEOUT);
            return;
        }
        server.reports().timedOut(connection, kind);
        tell(new SocketEvent.Timeout(kind));
        lane.signal();
        switch (kind) {
            case FRAME -> connection.reset(CloseReason.FRAME_TIMEOUT);
            case WRITE -> connection.reset(CloseReason.WRITE_TIMEOUT);
            case HANDSHAKE -> connection.reset(CloseReason.HANDSHAKE_TIMEOUT);
            case IDLE -> connection.endAndClose(CloseReason.IDLE_TIMEOUT);
            case READ -> connection.endAndClose(CloseReason.READ_TIMEOUT);
            case FIRST_BYTE -> connection.endAndClose(CloseReason.FIRST_BYTE_TIMEOUT);
        }
    }

    /** The write buffer has emptied. */
    void drained() {
        server.reports().drained(connection);
        tell(new SocketEvent.Drain());
        lane.signal();
    }

    private void tell(SocketEvent event) {
        if (opened && shape.events().contains(event.kind())) {
            lane.add(event);
        }
    }

    /** On the thread that writes spilled payloads. */
    @Override
    public void written(long pendingBytes) {
        throttle.written(pendingBytes);
    }

    /** On the thread that writes spilled payloads. */
    @Override
    public void failed(IOException cause) {
        server.reports().spillFailed(connection, cause);
        connection.execute(
                () -> {
                    tell(new SocketEvent.Failure(cause));
                    lane.signal();
                });
        connection.reset(CloseReason.SPILL_FAILED);
    }
}
