package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.TimeoutKind;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.framing.Assembler;
import io.dermaga.engine.framing.FramingException;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.monitor.Peer;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.GrowingPayload;
import io.dermaga.engine.payload.SpillFile;
import io.dermaga.engine.settings.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;

/**
 * Reads a connection: chunks go through the framing into the lane; what waits too long or too much
 * is held back or closed. All methods run on the event loop of the connection, except where said.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter implements SpillFile.Observer {

    private static final long SPILL_HIGH_WATERMARK = 1024 * 1024;

    private final TcpConnection connection;
    private final Listener server;
    private final Lane lane;
    private final BeanShape shape;
    private final Limits limits;
    private final ByteBudget budget;
    private final ListenerCounters counters;
    private final Assembler assembler;
    private final Deadlines deadlines = new Deadlines();

    private volatile long countedPayloads;
    private long countedPayloadBytes;
    private volatile long countedAssembling;
    private long countedSpilled;
    private long envelopeBytes;
    private boolean ended;
    private boolean unreadable;
    private boolean timedOut;

    ConnectionHandler(TcpConnection connection, Listener server) {
        this.connection = connection;
        this.server = server;
        this.lane = connection.lane();
        this.shape = server.shape();
        this.limits = server.settings().limits();
        this.budget = server.budget();
        this.counters = server.counters();
        GrowingPayload growing =
                new GrowingPayload(connection.channel().alloc(), budget, server.spillStore(), this);
        this.assembler =
                new Assembler(
                        server.framing(),
                        limits.maxPayload().bytes(),
                        limits.spillThreshold().bytes(),
                        budget,
                        growing,
                        connection.loop().boundaries(),
                        this::handOver);
    }

    private void handOver(Content content) {
        connection.loop().handsOver(content.bytes());
        lane.add(content);
    }

    /** Bytes that are still to come of the unfinished payload, as far as they are known. */
    long missing() {
        return assembler.missing();
    }

    /** Whether what was read lately leaves room for more. */
    boolean mayReadOn() {
        return lane.bytes() < limits.highWatermark().bytes()
                && assembler.growing().pendingBytes() <= SPILL_HIGH_WATERMARK
                && !budget.exhausted();
    }

    Deadlines deadlines() {
        return deadlines;
    }

    long payloads() {
        return countedPayloads;
    }

    long assemblingBytes() {
        return countedAssembling;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        tell(new SocketEvent.Connect());
        lane.signal();
        server.opened(connection);
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
            connection.addBytesRead(bytes);
            counters.bytesRead.add(bytes);
            if (unreadable) {
                counters.discardedPartialBytes.add(bytes);
                return;
            }
            if (shape.events().contains(SocketEvent.Kind.DATA)) {
                lane.add(new SocketEvent.Data(chunk.retain()));
            }
            if (shape.payloads()) {
                assembler.read(chunk, now);
                account();
            } else {
                counters.receivedBytes.add(bytes);
            }
        } catch (FramingException e) {
            unreadable(e);
        } finally {
            chunk.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        lane.signal();
        if (connection.loop().hasHandedOverMuch()) {
            server.dispatcher().wake();
            Loop.letWorkersHaveTheCore();
        }
        deadlines.frame(!ended && assembler.inFrame(), assembler.payloads());
        if (lane.bytes() > limits.highWatermark().bytes()) {
            connection.hold(Hold.LANE);
            if (lane.bytes() <= limits.highWatermark().bytes() / 2) {
                connection.unhold(Hold.LANE);
            }
        }
        spillEarly();
        if (assembler.growing().pendingBytes() > SPILL_HIGH_WATERMARK) {
            connection.hold(Hold.SPILL);
            written(assembler.growing().pendingBytes());
        }
        if (budget.exhausted()) {
            connection.hold(Hold.BUDGET);
            budget.whenAvailable(() -> connection.unhold(Hold.BUDGET));
            server.relieve();
        }
    }

    /**
     * Gives memory back while the budget is scarce: the payload that is not complete goes to disk.
     */
    void spillEarly() {
        GrowingPayload growing = assembler.growing();
        if (budget.scarce() && growing.memoryBytes() > server.earlySpillBytes()) {
            growing.spill();
            account();
        }
    }

    /** Books what the chunk has changed. */
    private void account() {
        long payloads = assembler.payloads();
        long payloadBytes = assembler.payloadBytes();
        GrowingPayload growing = assembler.growing();
        counters.received.add(payloads - countedPayloads);
        counters.receivedBytes.add(payloadBytes - countedPayloadBytes);
        counters.assemblingBytes.add(growing.size() - countedAssembling);
        long spilled = growing.isSpilled() ? growing.size() : 0;
        counters.assemblingSpilledBytes.add(spilled - countedSpilled);
        countedPayloads = payloads;
        countedPayloadBytes = payloadBytes;
        countedAssembling = growing.size();
        countedSpilled = spilled;
        envelopeBytes = connection.bytesRead() - payloadBytes - countedAssembling;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !ended && !unreadable) {
            ended = true;
            connection.stopDirectWrites(); // the channel may close itself after this event
            if (shape.payloads()) {
                assembler.end(System.nanoTime());
                account();
            }
            dropUnfinished("was incomplete when the peer ended");
            if (connection.state() == ConnectionState.OPEN) {
                connection.state(ConnectionState.HALF_CLOSED);
            }
            deadlines.frame(false, assembler.payloads());
            lane.add(new SocketEvent.End());
            lane.signal();
            if (connection.state() == ConnectionState.CLOSING) {
                connection.endWith(CloseReason.ENDED);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.stopDirectWrites();
        connection.state(ConnectionState.CLOSED);
        connection.noteReason(ended ? CloseReason.PEER_ENDED : CloseReason.PEER_RESET);
        dropUnfinished("was incomplete when the connection closed");
        CloseReason reason = connection.reason();
        server.closed(connection, reason == null ? CloseReason.PEER_ENDED : reason);
        lane.add(new SocketEvent.Close(reason == null ? CloseReason.PEER_ENDED : reason));
        lane.signal();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.stopDirectWrites(); // the channel may close itself after this event
        unreadable = true;
        boolean reset = cause instanceof IOException;
        if (connection.reason() == null) {
            server.reports().failed(connection, cause);
            tell(new SocketEvent.Failure(cause));
            lane.signal();
        }
        // never an orderly end: the peer would take it for the success of what still waits
        connection.reset(reset ? CloseReason.PEER_RESET : CloseReason.IO_ERROR);
    }

    /** The stream cannot be read on: what was complete is delivered, the rest is discarded. */
    private void unreadable(FramingException fault) {
        unreadable = true;
        long envelope = envelopeBytes;
        account();
        long lost = connection.bytesRead() - countedPayloadBytes - countedAssembling - envelope;
        counters.discardedPartialBytes.add(lost);
        String text =
                "%s from %s on listener '%s'; connection %s closed"
                        .formatted(
                                fault.getMessage(),
                                Peer.text(connection.remoteAddress()),
                                server.settings().name(),
                                connection.id());
        GrowingPayload growing = assembler.growing();
        long firstByteNanos =
                growing.size() > 0 ? growing.firstByteNanos() : deadlines.lastReadNanos();
        recordDiscarded(growing.size() + lost, firstByteNanos, text);
        counters.discardedPartialBytes.add(forgetUnfinished());
        tell(new SocketEvent.Failure(fault));
        lane.signal();
        connection.reset(fault.reason());
    }

    /** Discards the payload that is not complete, if there is one. */
    private void dropUnfinished(String why) {
        long bytes = forgetUnfinished();
        if (bytes > 0) {
            counters.discardedPartialBytes.add(bytes);
            recordDiscarded(
                    bytes,
                    assembler.growing().firstByteNanos(),
                    "DMG2105 payload of %d bytes so far from %s on listener '%s' %s; discarded"
                            .formatted(
                                    bytes,
                                    Peer.text(connection.remoteAddress()),
                                    server.settings().name(),
                                    why));
        }
    }

    private long forgetUnfinished() {
        long bytes = assembler.growing().size();
        assembler.growing().discard();
        counters.assemblingBytes.add(-countedAssembling);
        counters.assemblingSpilledBytes.add(-countedSpilled);
        countedAssembling = 0;
        countedSpilled = 0;
        return bytes;
    }

    private void recordDiscarded(long bytes, long firstByteNanos, String text) {
        counters.discarded.increment();
        long now = System.nanoTime();
        String listener = server.settings().name();
        server.feed().warning(MonitorEvent.Kind.DISCARDED, listener, connection.id(), text);
        server.feed()
                .messages(
                        new DiscardedFrame(
                                connection.origin(),
                                assembler.payloads() + 1,
                                bytes,
                                firstByteNanos,
                                now,
                                text),
                        0);
    }

    /** A deadline has passed. */
    void timeout(TimeoutKind kind) {
        if (timedOut || connection.state() == ConnectionState.CLOSED) {
            return; // several sweeps may have found it before it is gone
        }
        timedOut = true;
        server.reports().timedOut(connection, kind);
        tell(new SocketEvent.Timeout(kind));
        lane.signal();
        if (kind == TimeoutKind.FRAME) {
            connection.reset(CloseReason.FRAME_TIMEOUT);
        } else {
            connection.endAndClose(CloseReason.IDLE_TIMEOUT);
        }
    }

    /** The write buffer has emptied. */
    void drained() {
        tell(new SocketEvent.Drain());
        lane.signal();
    }

    private void tell(SocketEvent event) {
        if (shape.events().contains(event.kind())) {
            lane.add(event);
        }
    }

    /** On the thread that writes spilled payloads. */
    @Override
    public void written(long pendingBytes) {
        if (pendingBytes <= SPILL_HIGH_WATERMARK / 4) {
            connection.unhold(Hold.SPILL);
        }
    }

    /** On the thread that writes spilled payloads. */
    @Override
    public void failed(IOException cause) {
        server.reports().spillFailed(connection, cause);
        connection.reset(CloseReason.SPILL_FAILED);
    }
}
