package io.dermaga.engine.listen;

import io.dermaga.api.ProxyHeader;
import io.dermaga.api.TlsSession;
import io.dermaga.engine.idempotency.KnownKeys;
import io.dermaga.engine.lane.DeadPayload;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.lane.Ticket;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.reply.PayloadHead;
import io.dermaga.engine.settings.Acknowledge;
import io.dermaga.engine.spool.Delivered;
import io.dermaga.engine.spool.SpooledConnection;
import io.dermaga.engine.spool.SpooledEntry;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * The connection of payloads that come out of the spool: that which is still there, or only what is
 * known of it. It has a lane of its own for them.
 */
final class SpooledOwner extends PastConnection {

    /**
     * Payloads that were stored together.
     *
     * @param ticket holds their place on their connection; null if nobody waits for them
     * @param nanos when they came out of the spool
     */
    private record Part(SpooledEntry entry, @Nullable Ticket ticket, long nanos) {}

    private final SpoolCopy spool;
    private final @Nullable TcpConnection live;
    private final Queue<Part> parts = new ConcurrentLinkedQueue<>();
    private final Consumer consumer;
    private final Lane lane;

    /**
     * @param live null if it has ended, or is that of another group
     * @param consumer delivers what comes of it
     * @param numbered payloads of the connection that came before the first one here
     */
    SpooledOwner(
            SpoolCopy spool,
            Listener server,
            SpooledConnection connection,
            @Nullable TcpConnection live,
            Consumer consumer,
            long numbered) {
        super(
                server,
                server.settings(),
                new Facts(
                        connection.id(),
                        server.copy(consumer),
                        connection.remote(),
                        connection.local(),
                        connection.openedAt(),
                        connection.charset().name(),
                        live == null ? null : live.reads()));
        this.spool = spool;
        this.live = live;
        this.consumer = consumer;
        this.lane = new Lane(this, consumer.shape(), consumer.dispatcher(), numbered);
    }

    /** Who delivers what comes of it. */
    Consumer consumer() {
        return consumer;
    }

    Lane lane() {
        return lane;
    }

    /** Adds an entry; {@link Lane#signal()} follows. On a thread of the reader. */
    void add(SpooledEntry entry, @Nullable Ticket ticket) {
        parts.add(new Part(entry, ticket, System.nanoTime()));
        lane.add(entry.content());
    }

    boolean isIdle() {
        return parts.isEmpty();
    }

    // ---- what becomes of its payloads

    @Override
    public int deliveredBefore() {
        Part part = parts.peek();
        return part != null && part.entry().mayBeRepeated() ? 1 : 0;
    }

    @Override
    public long storedNanos() {
        Part part = parts.peek();
        return part == null ? 0 : part.nanos();
    }

    @Override
    public @Nullable XAResource branch(int upTo) {
        Part part = parts.peek();
        return part == null ? null : server().branch(new Delivered(part.entry(), upTo));
    }

    @Override
    public @Nullable KnownKeys knownKeys() {
        return spool.knownKeys();
    }

    @Override
    public boolean keepsDiscarded() {
        return true;
    }

    @Override
    public void contentEnded(int ended, boolean discarded) {
        Part part = parts.poll();
        if (part == null) {
            return;
        }
        Ticket ticket = part.ticket();
        if (discarded) {
            spool.giveBack(this, part.entry(), ticket);
            part.entry().leave(ended);
        } else {
            part.entry().done();
            if (ticket != null && live != null) {
                ticket.finish();
                live.lane().signal();
            }
        }
        spool.ended(this);
    }

    @Override
    public void deadLetter(DeadPayload payload) throws IOException {
        server().deadLetter(payload, consumer);
        if (live != null) {
            live.spooledFailed();
        }
    }

    @Override
    public void poisoned(String why) {
        if (live != null) {
            live.poisoned(why);
        } else {
            server().poisoned(why);
        }
    }

    @Override
    public ListenerCounters counters() {
        return server().counters();
    }

    // ---- its peer

    @Override
    public boolean answersOutcome() {
        return live != null
                && settings().delivery().acknowledge() == Acknowledge.ON_DELIVERY
                && live.answersOutcome();
    }

    @Override
    public byte @Nullable [] outcomeAnswer(boolean delivered, PayloadHead payload) {
        return live == null ? null : live.outcomeAnswer(delivered, payload);
    }

    @Override
    public boolean hearsAnswers() {
        Part part = parts.peek();
        return part != null && part.ticket() != null && live != null && live.hearsAnswers();
    }

    @Override
    public boolean wasToldWhenStored() {
        return settings().delivery().acknowledge() == Acknowledge.ON_SPOOL
                && server().answersOutcome();
    }

    @Override
    public boolean answersBesideReplies() {
        return live != null && live.answersBesideReplies();
    }

    @Override
    public void answer(byte[] bytes, boolean end) {
        Part part = parts.peek();
        Ticket ticket = part == null ? null : part.ticket();
        if (live != null && ticket != null) {
            ticket.answer(bytes, end);
            live.lane().signal();
        }
    }

    @Override
    public Map<String, Object> attributes() {
        return live == null ? super.attributes() : live.attributes();
    }

    @Override
    public Optional<TlsSession> tls() {
        return live == null ? super.tls() : live.tls();
    }

    @Override
    public Optional<ProxyHeader> proxy() {
        return live == null ? super.proxy() : live.proxy();
    }

    @Override
    public boolean isOpen() {
        return live != null && live.isOpen();
    }

    @Override
    public long bytesRead() {
        return live == null ? 0 : live.bytesRead();
    }

    @Override
    public long bytesWritten() {
        return live == null ? 0 : live.bytesWritten();
    }

    @Override
    public boolean write(byte[] data) {
        return live != null && live.write(data);
    }

    @Override
    public boolean write(String text, Charset charset) {
        return live != null && live.write(text, charset);
    }

    @Override
    public void end() {
        if (live != null) {
            live.end();
        }
    }

    @Override
    public void end(byte[] data) {
        if (live != null) {
            live.end(data);
        }
    }

    @Override
    public void destroy() {
        if (live != null) {
            live.destroy();
        }
    }

    @Override
    public void pause() {
        if (live != null) {
            live.pause();
        }
    }

    @Override
    public void resume() {
        if (live != null) {
            live.resume();
        }
    }

    @Override
    public void idleTimeout(Duration timeout) {
        if (live != null) {
            live.idleTimeout(timeout);
        }
    }

    @Override
    public void startTls(byte[] answer) {
        if (live != null) {
            live.startTls(answer);
        } else {
            super.startTls(answer);
        }
    }
}
