package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.settings.ListenerSettings;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a peer. Verbs of beans and operators come on any thread and are carried out by
 * the event loop that owns the socket, in order.
 */
final class TcpConnection implements LaneOwner {

    static final int WRITE_HIGH_WATERMARK = 64 * 1024;

    private final String id;
    private final Listener server;
    private final SocketChannel channel;
    private final InetSocketAddress remoteAddress;
    private final InetSocketAddress localAddress;
    private final Instant openedAt = Instant.now();
    private final Lane lane;
    private @Nullable ConnectionHandler handler;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong bytesWritten = new AtomicLong();
    private volatile @Nullable Map<String, Object> attributes;
    private volatile Duration idleTimeout;
    private volatile ConnectionState state = ConnectionState.OPEN;
    private volatile boolean awaitsDrain;
    private volatile long lastWriteNanos = System.nanoTime();

    // written by the event loop alone
    private final EnumSet<Hold> holds = EnumSet.noneOf(Hold.class);
    private volatile Set<Hold> visibleHolds = Set.of();
    private @Nullable CloseReason reason;
    private volatile boolean finished;

    TcpConnection(String id, Listener server, SocketChannel channel) {
        this.id = id;
        this.server = server;
        this.channel = channel;
        this.remoteAddress = channel.remoteAddress();
        this.localAddress = channel.localAddress();
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

    SocketChannel channel() {
        return channel;
    }

    ConnectionState state() {
        return state;
    }

    void state(ConnectionState next) {
        state = next;
    }

    Set<Hold> holds() {
        return visibleHolds;
    }

    Duration idleTimeout() {
        return idleTimeout;
    }

    long queuedBytes() {
        return queuedBytes.get();
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
        long most = server.settings().limits().maxWriteBuffer().bytes();
        long queued = queuedBytes.addAndGet(data.length);
        if (queued > most) {
            queuedBytes.addAndGet(-data.length);
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
        byte[] copy = data.clone();
        boolean full = queued >= WRITE_HIGH_WATERMARK;
        if (full) {
            awaitsDrain = true; // before the write, which may be done at once
        }
        execute(() -> writeNow(copy));
        return !full;
    }

    private void writeNow(byte[] data) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(data))
                .addListener((ChannelFutureListener) future -> written(future, data.length));
    }

    private void written(ChannelFuture future, int bytes) {
        long queued = queuedBytes.addAndGet(-bytes);
        if (future.isSuccess()) {
            lastWriteNanos = System.nanoTime();
            bytesWritten.addAndGet(bytes);
            counters().bytesWritten.add(bytes);
            if (queued == 0 && awaitsDrain) {
                awaitsDrain = false;
                server.drained(this);
            }
        } else {
            reset(CloseReason.IO_ERROR); // what the peer gets is cut: never an orderly end
        }
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

    private void change(Hold hold, boolean on) {
        boolean wasReading = holds.isEmpty();
        if (state == ConnectionState.CLOSED || !(on ? holds.add(hold) : holds.remove(hold))) {
            return;
        }
        boolean reading = holds.isEmpty();
        if (reading != wasReading) {
            handler().deadlines().held(!reading);
            channel.config().setAutoRead(reading);
        }
        visibleHolds = Set.copyOf(holds);
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
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // the event loop has ended, and with it the connection
        }
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
        return openedAt;
    }

    @Override
    public boolean isOpen() {
        return state != ConnectionState.CLOSED;
    }

    @Override
    public long bytesRead() {
        return bytesRead.get();
    }

    void addBytesRead(int bytes) {
        bytesRead.addAndGet(bytes);
    }

    @Override
    public long bytesWritten() {
        return bytesWritten.get();
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
