package io.dermaga.bench.jmh;

import io.dermaga.api.ProxyHeader;
import io.dermaga.api.TlsSession;
import io.dermaga.engine.Engine;
import io.dermaga.engine.idempotency.KnownKeys;
import io.dermaga.engine.lane.DeadPayload;
import io.dermaga.engine.lane.HandBack;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.monitor.Origin;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.reply.PayloadHead;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingsReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A connection without a socket: the lane is measured, not the kernel. */
final class StubConnection implements LaneOwner {

    private static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final ListenerSettings settings =
            SettingsReader.read(
                            Map.of(Setting.PORT, "0"),
                            "jmh",
                            List.of(),
                            Engine.rules(StubConnection.class.getClassLoader()))
                    .listeners()
                    .get(0);
    private final ListenerCounters counters = new ListenerCounters();
    private final Feed feed = new Feed(1 << 20);
    private final Origin origin = new Origin("c-1", "jmh", "", ADDRESS, "UTF-8", null);
    private final ByteBudget budget;

    StubConnection(ByteBudget budget) {
        this.budget = budget;
    }

    @Override
    public ListenerSettings settings() {
        return settings;
    }

    @Override
    public ListenerCounters counters() {
        return counters;
    }

    @Override
    public Feed feed() {
        return feed;
    }

    @Override
    public Origin origin() {
        return origin;
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
    public ByteBudget budget() {
        return budget;
    }

    @Override
    public boolean answersOutcome() {
        return false;
    }

    @Override
    public byte @Nullable [] outcomeAnswer(boolean delivered, PayloadHead payload) {
        return null;
    }

    @Override
    public boolean answersBesideReplies() {
        return false;
    }

    @Override
    public void deadLetter(DeadPayload payload) {
        // no delivery fails
    }

    @Override
    public void poisoned(String why) {
        // no delivery fails
    }

    @Override
    public void answer(byte[] bytes, boolean end) {
        // nobody listens
    }

    @Override
    public @Nullable XAResource branch(int upTo) {
        return null;
    }

    @Override
    public @Nullable KnownKeys knownKeys() {
        return null;
    }

    @Override
    public boolean keepsDiscarded() {
        return false;
    }

    @Override
    public double traced() {
        return 0;
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
        return true;
    }

    @Override
    public void laneBelowWatermark() {
        // nothing reads
    }

    @Override
    public void laneEnded(boolean failed) {
        // it never ends
    }

    @Override
    public void laneFinished() {
        // it is never closed
    }

    @Override
    public String id() {
        return "c-1";
    }

    @Override
    public String listener() {
        return "jmh";
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return ADDRESS;
    }

    @Override
    public InetSocketAddress localAddress() {
        return ADDRESS;
    }

    @Override
    public Instant openedAt() {
        return Instant.EPOCH;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    public long bytesWritten() {
        return 0;
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of();
    }

    @Override
    public boolean write(byte[] data) {
        return true;
    }

    @Override
    public boolean write(String text, Charset charset) {
        return true;
    }

    @Override
    public void end() {
        // there is no socket
    }

    @Override
    public void end(byte[] data) {
        // there is no socket
    }

    @Override
    public void destroy() {
        // there is no socket
    }

    @Override
    public void pause() {
        // there is no socket
    }

    @Override
    public void resume() {
        // there is no socket
    }

    @Override
    public void idleTimeout(Duration timeout) {
        // there is no socket
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
    public void startTls(byte[] answer) {
        throw new IllegalStateException("it is not connected");
    }
}
