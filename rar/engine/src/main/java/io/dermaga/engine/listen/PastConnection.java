package io.dermaga.engine.listen;

import io.dermaga.api.ProxyHeader;
import io.dermaga.api.TlsSession;
import io.dermaga.engine.lane.HandBack;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.Origin;
import io.dermaga.engine.monitor.ReadRing;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.reply.PayloadHead;
import io.dermaga.engine.settings.ListenerSettings;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection that has ended, and of which something is delivered all the same: it has facts, and
 * whatever is written to it goes nowhere.
 */
abstract class PastConnection implements LaneOwner {

    private final Listener server;
    private final ListenerSettings settings;
    private final Facts facts;
    private final Origin origin;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>(4);

    /**
     * As it was.
     *
     * @param copy group of beans that its payloads are for; empty where there is but one
     * @param charset name of that of its payloads
     * @param reads the latest of the connection; null if they are not known
     */
    record Facts(
            String id,
            String copy,
            InetSocketAddress remoteAddress,
            InetSocketAddress localAddress,
            Instant openedAt,
            String charset,
            @Nullable ReadRing reads) {}

    PastConnection(Listener server, ListenerSettings settings, Facts facts) {
        this.server = server;
        this.settings = settings;
        this.facts = facts;
        this.origin =
                new Origin(
                        facts.id(),
                        settings.name(),
                        facts.copy(),
                        facts.remoteAddress(),
                        facts.charset(),
                        facts.reads());
    }

    Listener server() {
        return server;
    }

    @Override
    public ListenerSettings settings() {
        return settings;
    }

    @Override
    public Feed feed() {
        return server.feed();
    }

    @Override
    public ByteBudget budget() {
        return server.budget();
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public boolean mayDeliver() {
        return server.mayDeliver();
    }

    @Override
    public double traced() {
        return server.traced();
    }

    // ---- facts

    @Override
    public String id() {
        return facts.id();
    }

    @Override
    public String listener() {
        return settings.name();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return facts.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return facts.localAddress();
    }

    @Override
    public Instant openedAt() {
        return facts.openedAt();
    }

    @Override
    public Map<String, Object> attributes() {
        return attributes;
    }

    @Override
    public Optional<TlsSession> tls() {
        return Optional.empty();
    }

    @Override
    public Optional<ProxyHeader> proxy() {
        return Optional.empty();
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    public long bytesWritten() {
        return 0;
    }

    // ---- there is nobody to talk to

    @Override
    public boolean answersOutcome() {
        return false;
    }

    @Override
    public byte @Nullable [] outcomeAnswer(boolean delivered, PayloadHead payload) {
        return null;
    }

    @Override
    public void answer(byte[] bytes, boolean end) {
        // there is nobody
    }

    @Override
    public boolean answersBesideReplies() {
        return false;
    }

    @Override
    public boolean write(byte[] data) {
        return false;
    }

    @Override
    public boolean write(String text, Charset charset) {
        return false;
    }

    @Override
    public void startTls(byte[] answer) {
        throw new IllegalStateException(
                "DMG3010 connection %s on listener '%s' cannot be encrypted by startTls: it has ended"
                        .formatted(id(), listener()));
    }

    @Override
    public void end() {
        // it has ended
    }

    @Override
    public void end(byte[] data) {
        // it has ended
    }

    @Override
    public void destroy() {
        // it has ended
    }

    @Override
    public void pause() {
        // it reads nothing
    }

    @Override
    public void resume() {
        // it reads nothing
    }

    @Override
    public void idleTimeout(Duration timeout) {
        // it has ended
    }

    @Override
    public void afterBurst(Runnable task) {
        task.run();
    }

    @Override
    public HandBack handBack() {
        return () -> {};
    }

    @Override
    public void poisoned(String why) {
        // it holds up nobody
    }

    @Override
    public void laneBelowWatermark() {
        // it reads nothing
    }

    @Override
    public void laneEnded(boolean failed) {
        // it has ended
    }

    @Override
    public void laneFinished() {
        // it has ended
    }

    @Override
    public String toString() {
        return "connection " + id() + " of the past";
    }
}
