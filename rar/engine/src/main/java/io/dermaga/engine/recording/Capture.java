package io.dermaga.engine.recording;

import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.Recording.State;
import io.dermaga.api.monitor.Recordings;
import io.dermaga.engine.monitor.Escape;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A recording that goes on. What happens comes through a bounded queue; the thread that runs this
 * writes it, and ends when the budget, the time, the number of connections or the patience of an
 * operator is used up.
 */
final class Capture implements Runnable {

    /** Bytes that wait for the disk, at most. */
    static final long MOST_QUEUED = 8 * 1024 * 1024;

    private static final long ENTRY_BYTES = 128;
    private static final long MOST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Recording begun;
    private final Filter filter;
    private final PcapngFile file;
    private final Consumer<Recording> ended;
    private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final long startNanos = System.nanoTime();

    private volatile boolean taking = true;
    private volatile @Nullable State requested;

    // written by the thread that runs
    private final Map<List<InetSocketAddress>, Track> open = new HashMap<>();
    private volatile State state = State.RUNNING;
    private volatile @Nullable String error;
    private volatile @Nullable Instant endedAt;
    private volatile long size;
    private volatile int connections;
    private volatile int cut;
    private volatile long bytesRead;
    private volatile long bytesWritten;

    /**
     * @param file begun
     * @param ended told once, on the thread that runs, when the file is closed
     */
    Capture(Recording begun, Filter filter, PcapngFile file, Consumer<Recording> ended) {
        this.begun = begun;
        this.filter = filter;
        this.file = file;
        this.ended = ended;
        this.size = file.flushed();
    }

    boolean admits(Subject subject) {
        return taking && filter.admits(subject.listener(), subject.remote().getAddress());
    }

    // ---- what happens, told by tracks on any thread

    /** Whether it still takes anything. */
    boolean isTaking() {
        return taking;
    }

    /** Takes data; false if too much waits for the disk. */
    boolean offer(Entry entry) {
        long bytes = entry.data().length + ENTRY_BYTES;
        if (queued.addAndGet(bytes) > MOST_QUEUED) {
            queued.addAndGet(-bytes);
            return false;
        }
        queue.add(entry);
        return true;
    }

    /** Takes something without data, of which a connection has but a few. */
    void put(Entry entry) {
        queued.addAndGet(ENTRY_BYTES);
        queue.add(entry);
    }

    /** Ends it after what waits for the disk; does not wait for it. The first reason counts. */
    synchronized boolean end(State why) {
        if (!taking) {
            return false;
        }
        requested = why;
        taking = false;
        return true;
    }

    // ---- writing

    @Override
    public void run() {
        State end = State.DISK;
        try {
            try (file) {
                end = write();
            }
        } catch (IOException | RuntimeException e) {
            error = Escape.cause(e);
            end = State.DISK;
        } finally {
            taking = false;
            queue.clear();
            size = file.flushed();
            endedAt = Instant.now();
            state = end;
            ended.accept(facts());
        }
    }

    private State write() throws IOException {
        long mostNanos = begun.limit().toNanos();
        while (true) {
            Entry entry = next();
            if (entry == null) {
                file.flush();
                size = file.flushed();
                State why = requested;
                if (why != null && queue.isEmpty()) {
                    return why;
                }
            } else {
                State full = write(entry);
                size = file.flushed();
                if (full != null) {
                    return full;
                }
            }
            if (System.nanoTime() - startNanos > mostNanos) {
                return State.TIME;
            }
        }
    }

    private @Nullable Entry next() throws IOException {
        try {
            Entry entry = queue.poll();
            return entry != null || requested != null
                    ? entry
                    : queue.poll(MOST_WAIT_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e); // nobody does that
        }
    }

    /** Why it is to end; null if it goes on. */
    private @Nullable State write(Entry entry) throws IOException {
        queued.addAndGet(-entry.data().length - ENTRY_BYTES);
        Track track = entry.track();
        if (file.bytes() + mostBytes(entry) > begun.budget()) {
            return State.BUDGET;
        }
        long nanos = wallNanos(entry.nanos());
        if (entry.kind() == Entry.Kind.OPENED) {
            if (connections == Recordings.MOST_CONNECTIONS) {
                return State.CONNECTIONS;
            }
            opened(track, nanos);
        } else {
            Conversation conversation = track.conversation();
            if (conversation != null) {
                write(conversation, entry, nanos);
            }
        }
        return null;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void opened(Track track, long nanos) throws IOException {
        Subject subject = track.subject();
        List<InetSocketAddress> key = key(subject);
        if (open.putIfAbsent(key, track) != null) {
            return; // a proxy tells of two peers with one address: they could not be told apart
        }
        int number = file.networkInterface(subject.listener());
        connections++;
        Conversation begins = new Conversation(file, subject, number, connections);
        track.conversation(begins);
        begins.open(nanos);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void write(Conversation conversation, Entry entry, long nanos) throws IOException {
        switch (entry.kind()) {
            case READ -> {
                conversation.read(entry.data(), nanos);
                bytesRead += entry.data().length;
            }
            case WRITTEN -> {
                conversation.written(entry.data(), nanos);
                bytesWritten += entry.data().length;
            }
            case PEER_ENDED -> conversation.peerEnded(nanos);
            case ENDED -> conversation.ended(nanos);
            case CLOSED -> conversation.closed(entry.text(), nanos);
            case PEER_RESET -> conversation.reset(true, entry.text(), nanos);
            case RESET -> conversation.reset(false, entry.text(), nanos);
            case CUT -> {
                conversation.cut(nanos);
                cut++;
            }
            case OPENED -> throw new IllegalStateException("opened twice");
        }
        if (Track.isLast(entry.kind())) {
            open.remove(key(entry.track().subject()));
        }
    }

    private static List<InetSocketAddress> key(Subject subject) {
        return List.of(subject.remote(), subject.local());
    }

    /** All packets of an entry, with what an interface may need. */
    private static long mostBytes(Entry entry) {
        int bytes = entry.data().length;
        long packets = 3 + 2L * (bytes / Conversation.MOST_PAYLOAD + 1);
        return bytes
                + packets * (TcpPacket.mostHeaderBytes() + Pcapng.mostPacketBytes(0, ""))
                + 1024;
    }

    private long wallNanos(long nanos) {
        Instant start = begun.startedAt();
        long base = start.getEpochSecond() * 1_000_000_000 + start.getNano();
        return base + Math.max(0, nanos - startNanos);
    }

    /** How it is now. */
    Recording facts() {
        return new Recording(
                begun.id(),
                begun.listener(),
                begun.peers(),
                begun.actor(),
                begun.startedAt(),
                endedAt,
                state,
                error,
                begun.budget(),
                begun.limit(),
                size,
                connections,
                cut,
                bytesRead,
                bytesWritten);
    }
}
