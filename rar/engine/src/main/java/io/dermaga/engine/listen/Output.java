package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.engine.recording.Tape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is written to a peer, in order: by the event loop, or straight to the kernel by the worker
 * that drains the connection's lane (docs/adr/0008). The file descriptor is the event loop's to
 * close: {@link #stopDirect} comes first, and the lock keeps the descriptor alive while a worker
 * writes. Any thread unless said.
 */
final class Output {

    private static final int HIGH_WATERMARK = 64 * 1024;
    private static final int MOST_DIRECT_BYTES = 64 * 1024;

    /** What may wait for a peer when more is offered, that included. */
    private static final int MOST_OFFERED = 256 * 1024;

    private static final int PIECE_BYTES = 64 * 1024;

    private final TcpConnection connection;
    private final SocketChannel channel;

    // changed while holding the lock
    private @Nullable Socket direct;
    private volatile long queuedBytes;
    private volatile long bytesWritten;

    private volatile long lastWriteNanos = System.nanoTime();
    private volatile boolean awaitsDrain;

    /** This side ends after what is queued. */
    private volatile boolean ending;

    private boolean flushing; // the event loop's

    /** Why the connection is being closed; the event loop's. */
    private @Nullable CloseReason reason;

    private boolean reset; // the event loop's

    Output(TcpConnection connection, SocketChannel channel) {
        this.connection = connection;
        this.channel = channel;
        if (!connection.settings().tls().isOn()
                && !connection.limitsWrites()
                && channel instanceof EpollSocketChannel epoll
                && epoll.fd() instanceof Socket socket) {
            direct = socket;
        }
    }

    long queuedBytes() {
        return queuedBytes;
    }

    long bytesWritten() {
        return bytesWritten;
    }

    long lastWriteNanos() {
        return lastWriteNanos;
    }

    /**
     * Writes after everything that was written before.
     *
     * @return false if the write buffer is full now, or if this side was ended before
     * @throws IllegalStateException DMG3007 if it would hold more than {@code maxWriteBuffer}
     */
    boolean write(byte[] data) {
        if (ending) {
            return false;
        }
        return isWrittenDirectly(data) || isQueued(Unpooled.wrappedBuffer(data.clone()));
    }

    /** Whether this side was ended: nothing is written any more. Any thread. */
    boolean isEnding() {
        return ending;
    }

    /** What became of bytes that were offered. */
    enum Offer {
        /** They are written after what was written before. */
        QUEUED,
        /** This side has ended. */
        ENDED,
        /** Too much waits for the peer already. */
        FULL
    }

    /**
     * As {@link #write}, but what the peer does not take is refused, and never closes the
     * connection: while something waits, half of the write buffer is left for what beans write.
     * Under the lock: neither the end nor a direct write may come in between.
     */
    synchronized Offer offer(byte[] data) {
        if (ending) {
            return Offer.ENDED;
        }
        long most = connection.settings().limits().maxWriteBuffer().bytes();
        long allowed = queuedBytes == 0 ? most : Math.min(most / 2, MOST_OFFERED);
        if (queuedBytes + data.length > allowed) {
            return Offer.FULL;
        }
        isQueued(Unpooled.wrappedBuffer(data));
        return Offer.QUEUED;
    }

    /** The event loop may close the socket from now on. */
    synchronized void stopDirect() {
        direct = null;
    }

    /** Gives bytes to the event loop; false if the write buffer is full now. */
    private boolean isQueued(ByteBuf data) {
        int bytes = data.readableBytes();
        long most = connection.settings().limits().maxWriteBuffer().bytes();
        long queued = queue(bytes);
        if (queued > most) {
            queue(-bytes);
            data.release();
            connection.reset(CloseReason.WRITE_OVERFLOW);
            throw new IllegalStateException(
                    "DMG3007 write buffer of connection "
                            + connection.id()
                            + " would hold "
                            + queued
                            + " bytes, maxWriteBuffer="
                            + most
                            + "; the peer does not read, the connection is closed");
        }
        boolean full = queued >= HIGH_WATERMARK;
        if (full) {
            awaitsDrain = true; // before the write, which may be done at once
        }
        connection.execute(() -> writeNow(data));
        return !full;
    }

    /** Books bytes that wait for the peer, or gives them back. */
    private long queue(long bytes) {
        if (bytes < 0) {
            long left = queueLocked(bytes);
            connection.budget().release(-bytes);
            return left;
        }
        connection.budget().acquire(bytes);
        return queueLocked(bytes);
    }

    /** Under the lock: a direct write must not overtake what is queued. */
    private synchronized long queueLocked(long bytes) {
        if (queuedBytes == 0) {
            lastWriteNanos = System.nanoTime(); // it begins to wait for the peer
        }
        queuedBytes += bytes;
        return queuedBytes;
    }

    /**
     * The only answer of a burst goes straight to the kernel if nothing is queued before it; those
     * of a larger burst are written together by the event loop.
     *
     * @return whether nothing is left to be done
     */
    private boolean isWrittenDirectly(byte[] data) {
        if (data.length > MOST_DIRECT_BYTES
                || !connection.lane().isDrainedBy(Thread.currentThread())
                || connection.lane().hasMore()) {
            return false;
        }
        synchronized (this) {
            Socket socket = direct;
            if (queuedBytes != 0 || socket == null) {
                return false;
            }
            ByteBuf buffer = channel.alloc().directBuffer(data.length, data.length);
            buffer.writeBytes(data);
            try {
                int sent =
                        socket.sendAddress(
                                buffer.memoryAddress(), buffer.readerIndex(), buffer.writerIndex());
                if (sent > 0) {
                    buffer.skipBytes(sent);
                    countWritten(sent);
                    recordDirect(data, sent);
                }
            } catch (IOException e) {
                buffer.release();
                connection.writeFailed(e);
                return true;
            }
            if (buffer.isReadable()) {
                return isQueued(buffer); // under the lock: nothing may come in between
            }
            buffer.release();
            return true;
        }
    }

    private void recordDirect(byte[] data, int sent) {
        Tape tape = connection.tape();
        if (tape != null) {
            tape.written(data, sent);
        }
    }

    /** In pieces: a peer that takes little by little is seen to take something. */
    private void writeNow(ByteBuf data) {
        while (data.readableBytes() > PIECE_BYTES) {
            writePiece(data.readRetainedSlice(PIECE_BYTES));
        }
        writePiece(data);
        if (!flushing) {
            flushing = true; // once for all writes that are queued now
            connection.loop().execute(this::flushNow);
        }
    }

    private void writePiece(ByteBuf piece) {
        int bytes = piece.readableBytes();
        if (connection.tape() == null) {
            channel.write(piece)
                    .addListener((ChannelFutureListener) future -> written(future, bytes));
        } else {
            ByteBuf kept = piece.retainedDuplicate();
            channel.write(piece)
                    .addListener(
                            (ChannelFutureListener)
                                    future -> {
                                        record(future, kept);
                                        written(future, bytes);
                                    });
        }
    }

    /** What was written, before a worker may write more; nothing of what was not. */
    private void record(ChannelFuture future, ByteBuf kept) {
        try {
            Tape tape = connection.tape();
            if (tape != null && future.isSuccess()) {
                tape.written(kept);
            }
        } finally {
            kept.release();
        }
    }

    /** On the event loop. */
    void flushNow() {
        flushing = false;
        channel.flush();
    }

    private void written(ChannelFuture future, int bytes) {
        if (!future.isSuccess()) {
            stopDirect(); // before what is queued here no longer holds it back
        }
        long queued = queue(-bytes);
        if (future.isSuccess()) {
            countWritten(bytes);
            if (queued == 0 && awaitsDrain) {
                awaitsDrain = false;
                connection.drained();
            }
        } else {
            // what the peer gets is cut: never an orderly end
            connection.writeFailed(future.cause());
        }
    }

    private synchronized void countWritten(int bytes) {
        lastWriteNanos = System.nanoTime();
        bytesWritten += bytes;
        connection.counters().bytesWritten.add(bytes);
    }

    // ---- how it ends

    /** Null until it is known. On the event loop. */
    @Nullable CloseReason reason() {
        return reason;
    }

    /** Whether this side has reset the connection. On the event loop. */
    boolean hasBeenReset() {
        return reset;
    }

    /** The first reason is the true one. On the event loop. */
    void noteReason(CloseReason why) {
        if (reason == null) {
            reason = why;
        }
    }

    /** Ends this side after everything queued; closes if the peer has ended as well. */
    void end(CloseReason why) {
        closeAfterWrites(why, this::shutdownOutput);
    }

    /** Closes both sides after everything queued, without waiting for the peer. */
    void endAndClose(CloseReason why) {
        closeAfterWrites(why, channel::close);
    }

    private void closeAfterWrites(CloseReason why, Runnable close) {
        synchronized (this) {
            ending = true; // what came later would be cut off, and the end with it
            direct = null;
        }
        connection.enqueue(
                () -> {
                    if (connection.state() != ConnectionState.CLOSED) {
                        noteReason(why);
                        connection.state(ConnectionState.CLOSING);
                        whenWritten(close);
                    }
                });
    }

    /** Does something after everything that was written before. On the event loop. */
    void whenWritten(Runnable task) {
        if (queuedBytes == 0 && !flushing) { // an empty write is no byte, but not flushed yet
            task.run();
        } else {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> task.run());
        }
    }

    /** With TLS, its own end comes before that of TCP (RFC 8446, 6.1). */
    private void shutdownOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutdownSocket();
        } else {
            tls.closeOutbound().addListener(done -> shutdownSocket());
        }
    }

    private void shutdownSocket() {
        if (channel.isInputShutdown() || connection.handler().hasEnded()) {
            channel.close();
        } else {
            channel.shutdownOutput();
            Tape tape = connection.tape();
            if (tape != null) {
                tape.ended();
            }
        }
    }

    /**
     * Closes at once with a reset. Past TLS: its orderly end would be taken for the success of what
     * still waits.
     */
    void reset(CloseReason why) {
        stopDirect();
        connection.execute(
                () -> {
                    if (connection.state() != ConnectionState.CLOSED && channel.isOpen()) {
                        noteReason(why);
                        reset = true;
                        channel.config().setOption(ChannelOption.SO_LINGER, 0);
                        channel.unsafe().close(channel.unsafe().voidPromise());
                    }
                });
    }
}
