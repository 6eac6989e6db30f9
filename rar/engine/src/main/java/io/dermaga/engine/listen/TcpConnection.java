package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.ProxyHeader;
import io.dermaga.api.TlsSession;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.idempotency.KnownKeys;
import io.dermaga.engine.lane.DeadPayload;
import io.dermaga.engine.lane.HandBack;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.monitor.Origin;
import io.dermaga.engine.monitor.ReadRing;
import io.dermaga.engine.monitor.WallClock;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.recording.Tape;
import io.dermaga.engine.reply.PayloadHead;
import io.dermaga.engine.settings.Answer;
import io.dermaga.engine.settings.DeliverySettings;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.OnPoison;
import io.dermaga.engine.spool.SpooledConnection;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a peer. Verbs of beans and operators come on any thread and are carried out by
 * the event loop that owns the socket, in order.
 */
final class TcpConnection implements LaneOwner {

    static final String SHAPING = "shaping";

    private final String id;
    private final Listener server;
    private final Consumer consumer;
    private final SocketChannel channel;
    private final InetSocketAddress localAddress;
    private final long openedNanos = System.nanoTime();
    private final Lane lane;
    private final Loop loop;
    private final Output output;
    private @Nullable ConnectionHandler handler;
    private volatile InetSocketAddress remoteAddress;

    /** Known before its bean hears of the connection; for most there is none. */
    private volatile @Nullable ProxyHeader proxy;

    private volatile @Nullable TlsSession tls;

    private volatile @Nullable Origin origin;
    private volatile @Nullable Map<String, Object> attributes;
    private volatile Duration idleTimeout;
    private volatile ConnectionState state = ConnectionState.OPEN;

    // written by the event loop alone
    private volatile long bytesRead;
    private volatile @Nullable ReadRing reads; // none while nothing has come
    private volatile int holds; // see Holds
    private volatile boolean finished;
    private volatile boolean spooledFailed;
    private @Nullable SpooledConnection spooled;

    /** Whether its address is counted; the event loop alone writes. */
    private volatile boolean counted;

    /** What records it; for nearly all there is nothing. The event loop alone writes. */
    private volatile @Nullable Tape tape;

    TcpConnection(String id, Listener server, SocketChannel channel, Loop loop) {
        this.id = id;
        this.server = server;
        this.channel = channel;
        this.remoteAddress = channel.remoteAddress();
        this.localAddress = channel.localAddress();
        this.loop = loop;
        this.output = new Output(this, channel);
        this.idleTimeout = server.settings().limits().idleTimeout();
        this.consumer = server.consumers().next();
        this.lane = new Lane(this, consumer.shape(), consumer.dispatcher());
    }

    void handler(ConnectionHandler handler) {
        this.handler = handler;
    }

    ConnectionHandler handler() {
        return Objects.requireNonNull(handler);
    }

    /** The framing that its stream follows. */
    Framing framing() {
        return handler().intake().framing();
    }

    Lane lane() {
        return lane;
    }

    /** Whom it serves. */
    Consumer consumer() {
        return consumer;
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
        return output.reason();
    }

    /** Whether this side has reset it. On the event loop. */
    boolean hasBeenReset() {
        return output.hasBeenReset();
    }

    /** The first reason is the true one. On the event loop. */
    void noteReason(CloseReason why) {
        output.noteReason(why);
    }

    /** What records it now; null if nothing does. Any thread. */
    @Nullable Tape tape() {
        return tape;
    }

    void tape(@Nullable Tape next) {
        tape = next;
    }

    // ---- how it opens, told by Opening on the event loop

    /** Its address is counted. */
    void counted() {
        counted = true;
    }

    /** The address that is counted; null if none is. */
    @Nullable InetAddress countedAddress() {
        return counted ? remoteAddress.getAddress() : null;
    }

    /**
     * A trusted proxy has said who it is.
     *
     * @return why it may not stay; null if it may
     */
    @Nullable Refusal proxied(ProxyHeader header, InetSocketAddress source) {
        boolean itself = source.equals(remoteAddress); // asks for itself: whether we are there
        proxy = header;
        remoteAddress = source;
        Refusal refusal = itself ? null : server.admission().enter(source.getAddress());
        counted = !itself && refusal == null;
        return refusal;
    }

    /** The TLS handshake is complete. */
    void encrypted(SslHandler handler) {
        tls = TlsFacts.session(handler);
    }

    /** Encrypts all that follows what was written so far. */
    void upgrade() {
        output.flushNow();
        Opening.upgrade(channel.pipeline(), this, server);
    }

    /** Whether what it writes is delayed. */
    boolean limitsWrites() {
        return server.shaping().writes() != null;
    }

    /** Other rates hold from now on; also when it opens. Any thread. */
    void shape(Shaping shaping) {
        ChannelHandler writes = shaping.writes();
        if (writes != null) {
            stopDirectWrites();
        }
        execute(
                () -> {
                    handler().throttle().ratesChanged();
                    if (writes != null && channel.pipeline().get(SHAPING) == null) {
                        channel.pipeline().addFirst(SHAPING, writes);
                    }
                });
    }

    ListenerReports reports() {
        return server.reports();
    }

    boolean isEncrypted() {
        return tls != null;
    }

    /** It is gone before the bean has heard of it. */
    void neverOpened() {
        handler().neverOpened();
    }

    @Override
    public Optional<TlsSession> tls() {
        return Optional.ofNullable(tls);
    }

    @Override
    public Optional<ProxyHeader> proxy() {
        return Optional.ofNullable(proxy);
    }

    @Override
    public void startTls(byte[] answer) {
        StartTls.command(this, answer.clone());
    }

    // ---- verbs

    @Override
    public boolean write(byte[] data) {
        return isOpen() && output.write(data);
    }

    /** Writes for an operator, whom a peer that does not read is told of. Any other thread. */
    Output.Offer offer(byte[] data) {
        return output.offer(data);
    }

    /** The event loop may close the socket from now on. Any thread. */
    void stopDirectWrites() {
        output.stopDirect();
    }

    /** Nothing more can be written. Any thread. */
    void writeFailed(Throwable cause) {
        execute(() -> handler().tellOf(cause));
        reset(CloseReason.IO_ERROR);
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
        output.end(why);
    }

    /** Closes both sides after everything queued, without waiting for the peer. */
    void endAndClose(CloseReason why) {
        if (framing().answersByClosing() && state == ConnectionState.OPEN) {
            reset(why);
        } else {
            output.endAndClose(why);
        }
    }

    /** Closes at once with a reset. */
    void reset(CloseReason why) {
        output.reset(why);
    }

    // ---- who may keep it from reading

    void hold(Hold hold) {
        change(hold, true, () -> reports().held(this, hold, true));
    }

    void unhold(Hold hold) {
        change(hold, false, () -> reports().held(this, hold, false));
    }

    /**
     * @param told if anything has changed
     */
    void change(Hold hold, boolean on, Runnable told) {
        execute(
                () -> {
                    if (isChanged(hold, on)) {
                        told.run();
                    }
                });
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the event loop alone writes
    private boolean isChanged(Hold hold, boolean on) {
        int before = holds;
        int after = on ? Holds.with(before, hold) : Holds.without(before, hold);
        if (state == ConnectionState.CLOSED || after == before) {
            return false;
        }
        holds = after;
        boolean reading = after == Holds.NONE;
        if (reading != (before == Holds.NONE)) {
            handler().deadlines().held(!reading);
            channel.config().setAutoRead(reading);
        }
        return true;
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
    void enqueue(Runnable task) {
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
    public boolean answersOutcome() {
        boolean may = state != ConnectionState.CLOSED && state != ConnectionState.CLOSING;
        return may && server.answersOutcome();
    }

    @Override
    public boolean hearsAnswers() {
        return isOpen() && !output.isEnding();
    }

    @Override
    public byte @Nullable [] outcomeAnswer(boolean delivered, PayloadHead payload) {
        DeliverySettings rules = settings().delivery();
        Answer answer = delivered ? rules.ack() : rules.nak();
        return answer instanceof Answer.Bytes given
                ? given.bytes()
                : framing().outcome(delivered, payload);
    }

    /** A peer that does not take its answers loses its connection; whoever answers goes on. */
    @Override
    public void answer(byte[] bytes, boolean end) {
        try {
            write(bytes);
        } catch (IllegalStateException e) {
            feed().warning(MonitorEvent.Kind.ERROR, listener(), id, String.valueOf(e.getMessage()));
        }
        if (end) {
            end();
        }
    }

    @Override
    public boolean answersBesideReplies() {
        return framing().answersBesideReplies();
    }

    @Override
    public void deadLetter(DeadPayload payload) throws IOException {
        server.deadLetter(payload, consumer);
    }

    @Override
    public void poisoned(String why) {
        if (settings().delivery().onPoison() == OnPoison.CLOSE) {
            reset(CloseReason.DELIVERY_FAILED);
        } else {
            server.poisoned(why);
        }
    }

    /** A payload of it that was spooled was given up: its end is not an orderly one. */
    void spooledFailed() {
        spooledFailed = true;
    }

    /** What is kept of it beside its payloads. On the event loop. */
    SpooledConnection spooled() {
        SpooledConnection known = spooled;
        if (known == null) {
            known =
                    new SpooledConnection(
                            id, openedAt(), remoteAddress, localAddress, settings().charset());
            spooled = known;
        }
        return known;
    }

    @Override
    public @Nullable XAResource branch(int upTo) {
        return null;
    }

    @Override
    public boolean keepsDiscarded() {
        return false;
    }

    @Override
    public @Nullable KnownKeys knownKeys() {
        return server.knownKeys();
    }

    @Override
    public double traced() {
        return server.traced();
    }

    @Override
    public int deliveredBefore() {
        return 0;
    }

    @Override
    public void contentEnded(int ended, boolean discarded) {
        // each payload was told of
    }

    @Override
    public boolean mayDeliver() {
        return server.mayDeliver();
    }

    @Override
    public void laneBelowWatermark() {
        unhold(Hold.LANE);
    }

    @Override
    public void laneEnded(boolean failed) {
        boolean lost = handler().intake().hasLostFrames();
        boolean undelivered = failed || spooledFailed;
        if ((undelivered || lost) && framing().answersByClosing()) {
            reset(undelivered ? CloseReason.DELIVERY_FAILED : CloseReason.OVERSIZE);
        } else if (!server.settings().socket().allowHalfOpen()) {
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
            known =
                    new Origin(
                            id, listener(), "", remoteAddress, settings().charset().name(), reads);
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
        return WallClock.at(openedNanos);
    }

    /** How long it is there. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedNanos);
    }

    @Override
    public boolean isOpen() {
        return state != ConnectionState.CLOSED;
    }

    /** What comes before the first payload was complete: others may write to it. Any thread. */
    boolean isReady() {
        return isOpen() && handler().hasOpened();
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the event loop alone writes
    void addRead(int bytes, long nanos) {
        ReadRing known = reads;
        if (known == null) {
            known = new ReadRing();
            reads = known;
        }
        known.add(bytesRead, bytes, nanos, handler().deadlines().takeHeld());
        bytesRead += bytes;
    }

    /** The latest reads; null if nothing has come. Any thread. */
    @Nullable ReadRing reads() {
        return reads;
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
