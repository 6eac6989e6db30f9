package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.framing.Assembler;
import io.dermaga.engine.framing.Assembly;
import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.framing.FramingException;
import io.dermaga.engine.framing.LostBytes;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.monitor.Peer;
import io.dermaga.engine.monitor.Told;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.GrowingPayload;
import io.dermaga.engine.payload.Place;
import io.dermaga.engine.payload.SpillFile;
import io.dermaga.engine.reply.PayloadHead;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a connection become: payloads for its lane; and what is lost of them is counted
 * and told. On the event loop of the connection.
 */
final class Intake implements Assembly {

    private final TcpConnection connection;
    private final Listener server;
    private final Assembler assembler;

    /** What the protocol answers to a chunk; none for most connections. */
    private @Nullable ByteArrayOutputStream answers;

    private volatile long payloads;

    /** Payloads that were handed over. */
    private long completed;

    private long lostFrames;
    private boolean lost;

    // what the counters know of the payload that is not complete
    private volatile long countedAssembling;
    private boolean countedAsSpilled;

    /** What is not complete was told of. */
    private boolean finished;

    Intake(TcpConnection connection, Listener server, SpillFile.Observer observer) {
        this.connection = connection;
        this.server = server;
        var limits = server.settings().limits();
        GrowingPayload growing =
                new GrowingPayload(
                        connection.channel().alloc(),
                        server.budget(),
                        server.spillStore(),
                        observer);
        this.assembler =
                new Assembler(
                        server.framing(),
                        server.framingOptions(),
                        limits.spillThreshold().bytes(),
                        server.budget(),
                        growing,
                        connection.loop().chunk(),
                        this);
    }

    /** Frames that have ended so far, whatever became of them. */
    long frames() {
        return assembler.frames();
    }

    /** Payloads completed so far. Any thread. */
    long payloads() {
        return payloads;
    }

    /** Whether bytes were lost while the stream went on. */
    boolean hasLost() {
        return lost;
    }

    /** Bytes of the payload that is not complete. Any thread. */
    long assemblingBytes() {
        return countedAssembling;
    }

    /** Bytes that are still to come of the unfinished payload, as far as they are known. */
    long missing() {
        return assembler.missing();
    }

    /** The payload that is not complete. */
    GrowingPayload growing() {
        return assembler.growing();
    }

    /** Whether a frame has begun and is not complete. */
    boolean inFrame() {
        return assembler.inFrame();
    }

    /**
     * Takes a chunk.
     *
     * @throws FramingException if the stream cannot be read on; {@link #unreadable} follows
     */
    void read(ByteBuf chunk, long nanos) throws FramingException {
        try {
            assembler.read(chunk, nanos);
        } finally {
            writeAnswers();
        }
    }

    /**
     * The peer has ended orderly.
     *
     * @throws FramingException if the bytes so far do not follow the framing
     */
    void end() throws FramingException {
        try {
            assembler.end(System.nanoTime());
        } finally {
            writeAnswers();
        }
    }

    @Override
    public void complete(Content content) {
        connection.loop().handsOver(content.bytes());
        ListenerSpool spool = server.spool();
        if (spool == null) {
            connection.lane().add(content);
        } else {
            spool.append(connection, completed + 1, content);
        }
        completed += content.count();
    }

    @Override
    public void answer(byte[] bytes) {
        if (answers == null) {
            answers = new ByteArrayOutputStream();
        }
        answers.writeBytes(bytes);
    }

    /** All of a chunk at once: a peer can ask for as many as it likes, each of some bytes. */
    private void writeAnswers() {
        if (answers == null) {
            return;
        }
        byte[] all = answers.toByteArray();
        answers = null;
        ConnectionState state = connection.state();
        if (state == ConnectionState.OPEN || state == ConnectionState.HALF_CLOSED) {
            try {
                connection.write(all);
            } catch (IllegalStateException e) { // the peer does not read; it is closed
                warn(String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public void attribute(String name, String value) {
        connection.attributes().put(name, value);
    }

    @Override
    public void lost(LostBytes bytes) {
        lost = true;
        String text =
                "%s; from %s on listener '%s', connection %s goes on"
                        .formatted(
                                bytes.text(),
                                Peer.text(connection.remoteAddress()),
                                server.settings().name(),
                                connection.id());
        switch (bytes.kind()) {
            case OVERSIZE, INVALID, MORE -> {
                record(
                        --lostFrames,
                        bytes.frames(),
                        bytes.size(),
                        bytes.firstByteNanos(),
                        bytes.place(),
                        text,
                        lost());
                settle(false);
            }
            case TRUNCATED, STRAY -> warn(text);
        }
    }

    @Override
    public void skipped() {
        settle(true);
    }

    /** What is said of a frame that is lost while the stream goes on. */
    private Told lost() {
        return assembler.answers() && connection.answersOutcome()
                ? Told.outcome(false, connection.outcomeAnswer(false, PayloadHead.LOST))
                : Told.NOTHING;
    }

    /** After the answers to what came before. */
    private void settle(boolean delivered) {
        if (assembler.answers()) {
            connection.lane().add(new SocketEvent.Settled(delivered));
        }
    }

    /** The framing that the stream follows. */
    Framing framing() {
        return assembler.framing();
    }

    /** Whether a frame was lost while the stream went on. */
    boolean hasLostFrames() {
        return lostFrames != 0;
    }

    /** The unfinished payload goes to disk. */
    void spill() {
        assembler.growing().spill();
        account();
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // the event loop alone writes
    public void counted(long complete, long completeBytes, long lostBytes) {
        payloads += complete;
        counters().received.add(complete);
        counters().receivedBytes.add(completeBytes);
        if (lostBytes != 0) {
            counters().discardedPartialBytes.add(lostBytes);
        }
        account();
    }

    /** Books what has changed of the payload that is not complete. */
    private void account() {
        GrowingPayload growing = assembler.growing();
        long counted = countedAssembling;
        long size = growing.size();
        long spilled = growing.isSpilled() ? size : 0;
        counters().assemblingBytes.add(size - counted);
        counters().assemblingSpilledBytes.add(spilled - (countedAsSpilled ? counted : 0));
        countedAssembling = size;
        countedAsSpilled = growing.isSpilled();
    }

    private ListenerCounters counters() {
        return server.counters();
    }

    /** The stream cannot be read on: what was complete is delivered, the rest is discarded. */
    void unreadable(FramingException fault) {
        String text =
                "%s from %s on listener '%s'; connection %s closed"
                        .formatted(
                                fault.getMessage(),
                                Peer.text(connection.remoteAddress()),
                                server.settings().name(),
                                connection.id());
        long bytes = assembler.growing().size() + fault.rest();
        record(
                payloads + 1,
                1,
                bytes,
                assembler.frameNanos(),
                assembler.unfinished(),
                text,
                Told.NOTHING);
        finished = true;
        forgetUnfinished();
        counters().discardedPartialBytes.add(bytes);
    }

    /** Discards the payload that is not complete, if there is one. */
    void dropUnfinished(String why) {
        if (finished) {
            return;
        }
        finished = true;
        boolean begun = assembler.inFrame();
        long overflow = assembler.overflow();
        long bytes = forgetUnfinished() + assembler.kept();
        if (begun) {
            counters().discardedPartialBytes.add(bytes);
            record(
                    payloads + 1,
                    1,
                    bytes + overflow,
                    assembler.frameNanos(),
                    assembler.unfinished(),
                    "DMG2105 payload of "
                            + (bytes + overflow)
                            + " bytes so far from "
                            + Peer.text(connection.remoteAddress())
                            + " on listener '"
                            + server.settings().name()
                            + "' "
                            + why
                            + "; discarded",
                    Told.NOTHING);
        }
    }

    private long forgetUnfinished() {
        long bytes = assembler.growing().size();
        assembler.growing().discard();
        account();
        return bytes;
    }

    private void warn(String text) {
        server.feed()
                .warning(
                        MonitorEvent.Kind.DISCARDED,
                        server.settings().name(),
                        connection.id(),
                        text);
    }

    private void record(
            long number,
            long frames,
            long bytes,
            long firstByteNanos,
            Place place,
            String text,
            Told told) {
        counters().discarded.add(frames);
        warn(text);
        long now = System.nanoTime();
        server.feed()
                .messages(
                        new DiscardedFrame(
                                connection.origin(),
                                number,
                                bytes,
                                firstByteNanos,
                                now,
                                place,
                                text,
                                told),
                        0);
    }
}
