package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.lane.HandBack;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.monitor.Origin;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.settings.ListenerSettings;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a peer. Verbs of beans and operators come on any thread and are carried out by
 * the event loop that owns the socket, in order.
 */
final class TcpConnection implements LaneOwner {

    private final String id;
    private final Listener server;
    private final SocketChannel channel;
    private final InetSocketAddress remoteAddress;
    private final InetSocketAddress localAddress;
    private final long openedMillis = System.currentTimeMillis();
    private final Lane lane;
    private final Loop loop;
    private final Output output;
    private @Nullable ConnectionHandler handler;
    private volatile @Nullable Origin origin;
    private volatile @Nullable Map<String, Object> attributes;
    private volatile Duration idleTimeout;
    private volatile ConnectionState state = ConnectionState.OPEN;

    // written by the event loop alone
    private volatile long bytesRead;
    private volatile int holds; // see Holds
    private @Nullable CloseReason reason;
    private volatile boolean finished;

    TcpConnection(String id, Listener server, SocketChannel channel, Loop loop) {
        this.id = id;
        this.server = server;
        this.channel = channel;
        this.remoteAddress = channel.remoteAddress();
        this.localAddress = channel.localAddress();
        this.loop = loop;
        this.output = new Output(this, channel);
        this.idleTimeout = server.settings().limits().idleTimeout();
        this.lane = new Lane(this, server.shape(), server.dispatcher());
    }

    void handler(ConnectionHandler handler) {
        this.handler = handler;
    }

    ConnectionHandler handler() {
        return Objects.requireNonNull(handler);
    }

    /** The framing that its stream follows. */
    private Framing framing() {
        return handler().intake().framing();
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
        return Holds.set(holds);
    }

    /** Whether anybody else keeps it from reading. */
    boolean isHeldByOthersThan(Hold hold) {
        return Holds.without(holds, hold) != Holds.NONE;
    }

    boolean isHeld() {
        return holds != Holds.NONE;
    }

    Duration idleTimeout() {
        return idleTimeout;
    }

    long queuedBytes() {
        return output.queuedBytes();
    }

    long lastWriteNanos() {
        return output.lastWriteNanos();
    }

    /** Why the connection is being closed; null until it is known. On the event loop. */
    @Nullable CloseReason reason() {
        return reason;
    }

    // ---- verbs

    @Override
    public boolean write(byte[] data) {
        return isOpen() && output.write(data);
    }

    /** The event loop may close the socket from now on. Any thread. */
    void stopDirectWrites() {
        output.stopDirect();
    }

    /** Everything queued is written. On the event loop. */
    void drained() {
        server.drained(this);
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
                    output.whenWritten(this::shutdownOutput);
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
        if (framing().answersByClosing() && state == ConnectionState.OPEN) {
            reset(why);
            return;
        }
        stopDirectWrites();
        enqueue(
                () -> {
                    if (state != ConnectionState.CLOSED) {
                        noteReason(why);
                        state = ConnectionState.CLOSING;
                        output.whenWritten(channel::close);
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
        int after = on ? Holds.with(before, hold) : Holds.without(before, hold);
        if (state == ConnectionState.CLOSED || after == before) {
            return;
        }
        holds = after;
        boolean reading = after == Holds.NONE;
        if (reading != (before == Holds.NONE)) {
            handler().deadlines().held(!reading);
            channel.config().setAutoRead(reading);
        }
        server.reports().held(this, hold, on);
    }

    /** Runs on the event loop: now if this is it. */
    void execute(Runnable task) {
        if (loop.isCurrent()) {
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
    public byte @Nullable [] outcomeAnswer(boolean delivered) {
        boolean may = server.answersOutcome() && state != ConnectionState.CLOSED;
        return may && state != ConnectionState.CLOSING ? framing().outcome(delivered) : null;
    }

    @Override
    public void laneBelowWatermark() {
        unhold(Hold.LANE);
    }

    @Override
    public void laneEnded(boolean failed) {
        boolean lost = handler().intake().hasLostFrames();
        if ((failed || lost) && framing().answersByClosing()) {
            reset(failed ? CloseReason.DELIVERY_FAILED : CloseReason.OVERSIZE);
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
        return output.bytesWritten();
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
