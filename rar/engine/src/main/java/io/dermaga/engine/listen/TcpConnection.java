package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.engine.lane.HandBack;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.monitor.Origin;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.settings.ListenerSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a peer. Verbs of beans and operators come on any thread and are carried out by
 * the event loop that owns the socket, in order.
 */
final class TcpConnection implements LaneOwner {

    static final int WRITE_HIGH_WATERMARK = 64 * 1024;

    private static final AtomicLongFieldUpdater<TcpConnection> QUEUED_BYTES =
            AtomicLongFieldUpdater.newUpdater(TcpConnection.class, "queuedBytes");
    private static final AtomicLongFieldUpdater<TcpConnection> BYTES_WRITTEN =
            AtomicLongFieldUpdater.newUpdater(TcpConnection.class, "bytesWritten");
    private static final int MOST_DIRECT_BYTES = 64 * 1024;
    private static final Hold[] HOLDS = Hold.values();

    private final String id;
    private final Listener server;
    private final SocketChannel channel;
    private final InetSocketAddress remoteAddress;
    private final InetSocketAddress localAddress;
    private final long openedMillis = System.currentTimeMillis();
    private final Lane lane;
    private final Loop loop;
    private final @Nullable DirectWrites directWrites;
    private @Nullable ConnectionHandler handler;
    private volatile @Nullable Origin origin;
    private volatile long queuedBytes;
    private volatile @Nullable Map<String, Object> attributes;
    private volatile Duration idleTimeout;
    private volatile ConnectionState state = ConnectionState.OPEN;
    private volatile boolean awaitsDrain;
    private volatile long lastWriteNanos = System.nanoTime();

    // written by the event loop alone
    private volatile long bytesRead;
    private volatile long bytesWritten;
    private volatile int holds; // a bit for each
    private boolean flushing;
    private @Nullable CloseReason reason;
    private volatile boolean finished;

    TcpConnection(String id, Listener server, SocketChannel channel, Loop loop) {
        this.id = id;
        this.server = server;
        this.channel = channel;
        this.remoteAddress = channel.remoteAddress();
        this.localAddress = channel.localAddress();
        this.loop = loop;
        this.directWrites = DirectWrites.of(channel);
        this.idleTimeout = server.settings().limits().idleTimeout();
        this.lane = new Lane(this, server.shape(), server.dispatcher());
    }

    void handler(ConnectionHandler handler) {
        this.handler = handler;
    }

    ConnectionHandler handler() {
        return Objects.requireNonNull(handler);
    }

    Lane lane() {
        return lane;
    }

    Loop loop() {
        return loop;
    }

    SocketChannel channel() {
        return channel;
    }

    ConnectionState state() {
        return state;
    }

    void state(ConnectionState next) {
        state = next;
    }

    /** Who keeps it from reading. */
    Set<Hold> holds() {
        int now = holds;
        if (now == 0) {
            return Set.of();
        }
        Set<Hold> set = EnumSet.noneOf(Hold.class);
        for (Hold hold : HOLDS) {
            if ((now & bit(hold)) != 0) {
                set.add(hold);
            }
        }
        return Set.copyOf(set);
    }

    /** Whether anybody else keeps it from reading. */
    boolean isHeldByOthersThan(Hold hold) {
        return (holds & ~bit(hold)) != 0;
    }

    boolean isHeld() {
        return holds != 0;
    }

    @SuppressWarnings("EnumOrdinal") // kept nowhere
    private static int bit(Hold hold) {
        return 1 << hold.ordinal();
    }

    Duration idleTimeout() {
        return idleTimeout;
    }

    long queuedBytes() {
        return queuedBytes;
    }

    long lastWriteNanos() {
        return lastWriteNanos;
    }

    /** Why the connection is being closed; null until it is known. On the event loop. */
    @Nullable CloseReason reason() {
        return reason;
    }

    // ---- verbs

    @Override
    public boolean write(byte[] data) {
        if (!isOpen()) {
            return false;
        }
        return isWrittenDirectly(data) || isQueued(Unpooled.wrappedBuffer(data.clone()));
    }

    /** Gives bytes to the event loop; false if the write buffer is full now. */
    private boolean isQueued(ByteBuf data) {
        int bytes = data.readableBytes();
        long most = server.settings().limits().maxWriteBuffer().bytes();
        long queued = queue(bytes);
        if (queued > most) {
            queue(-bytes);
            data.release();
            reset(CloseReason.WRITE_OVERFLOW);
            throw new IllegalStateException(
                    "DMG3007 write buffer of connection "
                            + id
                            + " would hold "
                            + queued
                            + " bytes, maxWriteBuffer="
                            + most
                            + "; the peer does not read, the connection is closed");
        }
        boolean full = queued >= WRITE_HIGH_WATERMARK;
        if (full) {
            awaitsDrain = true; // before the write, which may be done at once
        }
        execute(() -> writeNow(data));
        return !full;
    }

    private long queue(long bytes) {
        DirectWrites direct = directWrites;
        if (direct == null) {
            return QUEUED_BYTES.addAndGet(this, bytes);
        }
        synchronized (direct) { // a direct write must not overtake it
            return QUEUED_BYTES.addAndGet(this, bytes);
        }
    }

    /**
     * The only answer of a burst goes straight to the kernel if nothing is queued before it; those
     * of a larger burst are written together by the event loop.
     *
     * @return whether nothing is left to be done
     */
    private boolean isWrittenDirectly(byte[] data) {
        DirectWrites direct = directWrites;
        if (direct == null
                || data.length > MOST_DIRECT_BYTES
                || !lane.isDrainedBy(Thread.currentThread())
                || lane.hasMore()) {
            return false;
        }
        synchronized (direct) {
            if (queuedBytes != 0 || !direct.isOpen()) {
                return false;
            }
            ByteBuf buffer = channel.alloc().directBuffer(data.length, data.length);
            buffer.writeBytes(data);
            try {
                direct.write(buffer);
            } catch (IOException e) {
                buffer.release();
                reset(CloseReason.IO_ERROR);
                return true;
            }
            if (buffer.readerIndex() > 0) {
                countWritten(buffer.readerIndex());
            }
            if (buffer.isReadable()) {
                return isQueued(buffer); // under the lock: nothing may come in between
            }
            buffer.release();
            return true;
        }
    }

    /** The event loop may close the socket from now on. Any thread. */
    void stopDirectWrites() {
        DirectWrites direct = directWrites;
        if (direct != null) {
            synchronized (direct) {
                direct.stop();
            }
        }
    }

    private void writeNow(ByteBuf data) {
        int bytes = data.readableBytes();
        channel.write(data).addListener((ChannelFutureListener) future -> written(future, bytes));
        if (!flushing) {
            flushing = true; // once for all writes that are queued now
            loop.execute(this::flushNow);
        }
    }

    private void flushNow() {
        flushing = false;
        channel.flush();
    }

    private void written(ChannelFuture future, int bytes) {
        if (!future.isSuccess()) {
            stopDirectWrites(); // before what is queued here no longer holds them back
        }
        long queued = queue(-bytes);
        if (future.isSuccess()) {
            countWritten(bytes);
            if (queued == 0 && awaitsDrain) {
                awaitsDrain = false;
                server.drained(this);
            }
        } else {
            reset(CloseReason.IO_ERROR); // what the peer gets is cut: never an orderly end
        }
    }

    private void countWritten(int bytes) {
        lastWriteNanos = System.nanoTime();
        BYTES_WRITTEN.addAndGet(this, bytes);
        counters().bytesWritten.add(bytes);
    }

    @Override
    public boolean write(String text, Charset charset) {
        return write(text.getBytes(charset));
    }

    @Override
    public void end() {
        endWith(CloseReason.ENDED);
    }

    @Override
    public void end(byte[] data) {
        write(data);
        end();
    }

    @Override
    public void destroy() {
        reset(CloseReason.DESTROYED);
    }

    @Override
    public void pause() {
        hold(Hold.BEAN);
    }

    @Override
    public void resume() {
        unhold(Hold.BEAN);
    }

    /** Ends this side after everything queued; closes if the peer has ended as well. */
    void endWith(CloseReason why) {
        stopDirectWrites();
        enqueue(
                () -> {
                    if (state == ConnectionState.CLOSED) {
                        return;
                    }
                    noteReason(why);
                    state = ConnectionState.CLOSING;
                    channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                            .addListener(done -> shutdownOutput());
                });
    }

    private void shutdownOutput() {
        if (channel.isInputShutdown()) {
            channel.close();
        } else {
            channel.shutdownOutput();
        }
    }

    /** Closes both sides after everything queued, without waiting for the peer. */
    void endAndClose(CloseReason why) {
        if (server.framing().answersByClosing() && state == ConnectionState.OPEN) {
            reset(why);
            return;
        }
        stopDirectWrites();
        enqueue(
                () -> {
                    if (state != ConnectionState.CLOSED) {
                        noteReason(why);
                        state = ConnectionState.CLOSING;
                        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                                .addListener(ChannelFutureListener.CLOSE);
                    }
                });
    }

    /** Closes at once with a reset. */
    void reset(CloseReason why) {
        stopDirectWrites();
        execute(
                () -> {
                    if (state != ConnectionState.CLOSED && channel.isOpen()) {
                        noteReason(why);
                        channel.config().setOption(ChannelOption.SO_LINGER, 0);
                        channel.close();
                    }
                });
    }

    /** The first reason is the true one. */
    void noteReason(CloseReason why) {
        if (reason == null) {
            reason = why;
        }
    }

    // ---- who may keep it from reading

    void hold(Hold hold) {
        execute(() -> change(hold, true));
    }

    void unhold(Hold hold) {
        execute(() -> change(hold, false));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the event loop alone writes
    private void change(Hold hold, boolean on) {
        int before = holds;
        int after = on ? before | bit(hold) : before & ~bit(hold);
        if (state == ConnectionState.CLOSED || after == before) {
            return;
        }
        holds = after;
        boolean reading = after == 0;
        if (reading != (before == 0)) {
            handler().deadlines().held(!reading);
            channel.config().setAutoRead(reading);
        }
        server.held(this, hold, on);
    }

    /** Runs on the event loop: now if this is it. */
    void execute(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            enqueue(task);
        }
    }

    /** Runs on the event loop, after what other threads have given it before: writes of a bean. */
    private void enqueue(Runnable task) {
        if (lane.isDrainedBy(Thread.currentThread())) {
            loop.putOff(task); // the worker wakes the event loop once for a burst
        } else {
            loop.execute(task);
        }
    }

    @Override
    public void afterBurst(Runnable task) {
        loop.execute(task);
    }

    @Override
    public HandBack handBack() {
        return loop;
    }

    // ---- callbacks of the lane

    @Override
    public void laneBelowWatermark() {
        unhold(Hold.LANE);
    }

    @Override
    public void laneEnded(boolean failed) {
        if (failed && server.framing().answersByClosing()) {
            reset(CloseReason.DELIVERY_FAILED);
        } else if (!server.settings().allowHalfOpen()) {
            endWith(CloseReason.PEER_ENDED);
        }
    }

    @Override
    public void laneFinished() {
        if (!finished) {
            finished = true;
            server.finished(this);
        }
    }

    // ---- facts

    @Override
    public ListenerSettings settings() {
        return server.settings();
    }

    @Override
    public ListenerCounters counters() {
        return server.counters();
    }

    @Override
    public ByteBudget budget() {
        return server.budget();
    }

    @Override
    public Feed feed() {
        return server.feed();
    }

    @Override
    public Origin origin() {
        Origin known = origin;
        if (known == null) {
            known = new Origin(id, listener(), remoteAddress, settings().charset().name());
            origin = known;
        }
        return known;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String listener() {
        return server.settings().name();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public Instant openedAt() {
        return Instant.ofEpochMilli(openedMillis);
    }

    @Override
    public boolean isOpen() {
        return state != ConnectionState.CLOSED;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the event loop alone writes
    void addBytesRead(int bytes) {
        bytesRead += bytes;
    }

    @Override
    public long bytesWritten() {
        return bytesWritten;
    }

    @Override
    public Map<String, Object> attributes() {
        Map<String, Object> map = attributes;
        if (map == null) {
            synchronized (this) {
                map = attributes;
                if (map == null) {
                    map = new ConcurrentHashMap<>(4);
                    attributes = map;
                }
            }
        }
        return map;
    }

    @Override
    public void idleTimeout(Duration timeout) {
        if (timeout.isNegative()
                || timeout.isZero()
                || timeout.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException(
                    "DMG1001 idleTimeout of connection "
                            + id
                            + ": given "
                            + timeout
                            + ", allowed: more than 0 to 24 hours");
        }
        idleTimeout = timeout;
    }

    @Override
    public String toString() {
        return "connection " + id;
    }
}
