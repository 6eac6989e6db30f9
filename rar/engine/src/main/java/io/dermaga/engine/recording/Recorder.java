package io.dermaga.engine.recording;

import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.Recording.State;
import io.dermaga.api.monitor.RecordingRequest;
import io.dermaga.api.monitor.RecordingTotals;
import io.dermaga.api.monitor.Recordings;
import io.dermaga.engine.settings.AddressRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All recordings of an adapter. {@link #opened} and {@link #joined} are for event loops and never
 * wait; everything else blocks for the disk. Thread-safe.
 */
public final class Recorder implements AutoCloseable {

    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private record Running(String id, Capture capture, Thread thread) {}

    private final RecordingStore store;
    private final long capacity;
    private final String application;
    private final Consumer<Recording> told;

    /** Read for each connection that opens, and nearly always empty. */
    private final List<Running> running = new CopyOnWriteArrayList<>();

    private final Map<State, Long> ended = new EnumMap<>(State.class);
    private long endedBytes;
    private long endedCut;
    private boolean closed;

    /**
     * @param directory made when the first recording needs it
     * @param capacity bytes of all files together
     * @param application name and version, for the files
     * @param told of each recording that has ended, on its thread
     * @param warnings takes numbered sentences about what cannot be used
     */
    public Recorder(
            Path directory,
            long capacity,
            String application,
            Consumer<Recording> told,
            Consumer<String> warnings) {
        this.store = new RecordingStore(directory, warnings);
        this.capacity = capacity;
        this.application = application;
        this.told = told;
    }

    // ---- on event loops

    /** What records a connection that opens; null if nothing does. */
    public @Nullable Tape opened(Subject subject) {
        if (running.isEmpty()) {
            return null;
        }
        List<Track> tracks = new ArrayList<>();
        for (Running one : running) {
            if (one.capture().admits(subject)) {
                Track track = new Track(one.capture(), subject);
                track.opened();
                tracks.add(track);
            }
        }
        return Tape.of(tracks);
    }

    /** Whether {@link #opened} could find anything. */
    public boolean isRecording() {
        return !running.isEmpty();
    }

    /**
     * The same for a connection that was open when a recording began.
     *
     * @param id of the recording
     * @param before what records it already; null if nothing does
     */
    public @Nullable Tape joined(String id, @Nullable Tape before, Subject subject) {
        for (Running one : running) {
            if (one.id().equals(id) && one.capture().admits(subject)) {
                return Tape.with(before, new Track(one.capture(), subject), one.capture());
            }
        }
        return before;
    }

    // ---- for operators

    /**
     * Begins one; open connections are to be {@link #joined} afterwards.
     *
     * @param request whose listener is there
     * @param peers as they are meant
     * @throws IllegalStateException DMG3303 if there is no room for it
     * @throws IOException DMG3304 or DMG3302 if the disk fails; nothing is begun then
     */
    public synchronized Recording start(
            RecordingRequest request, List<AddressRange> peers, String actor) throws IOException {
        if (closed) {
            throw new IOException("the adapter is stopped");
        }
        store.open();
        checkRoom(request.budget());
        Recording begun = begun(request, actor);
        PcapngFile file = file(begun);
        Capture capture =
                new Capture(
                        begun,
                        new Filter(request.listener(), peers, request.peers()),
                        file,
                        this::ended);
        Thread thread = new Thread(null, capture, "dermaga-recording-" + begun.id(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Recorder.class.getClassLoader());
        running.add(new Running(begun.id(), capture, thread));
        thread.start();
        return capture.facts();
    }

    private void checkRoom(long budget) {
        long used = used();
        int kept = running.size() + store.all().size();
        if (running.size() >= Recordings.MOST_RUNNING
                || kept >= Recordings.MOST_KEPT
                || budget > capacity - used) {
            throw new IllegalStateException(
                    "DMG3303 a recording of %d bytes cannot begin: %d go on, allowed: %d; %d are kept, allowed: %d; of recordingCapacity=%d bytes %d are used"
                            .formatted(
                                    budget,
                                    running.size(),
                                    Recordings.MOST_RUNNING,
                                    kept,
                                    Recordings.MOST_KEPT,
                                    capacity,
                                    used));
        }
    }

    private Recording begun(RecordingRequest request, String actor) {
        Instant now = Instant.now();
        long number = now.toEpochMilli();
        while (find(id(number)).isPresent()) {
            number++;
        }
        return RecordingFacts.begun(id(number), request, actor, now);
    }

    private static String id(long number) {
        return Long.toString(number, 36);
    }

    private PcapngFile file(Recording begun) throws IOException {
        FileChannel channel = store.begin(begun);
        PcapngFile file = new PcapngFile(channel);
        try {
            file.begin(application, begun.id());
            file.flush();
            return file;
        } catch (IOException e) {
            channel.close();
            store.abandon(begun.id());
            throw e;
        }
    }

    private void ended(Recording facts) {
        synchronized (this) {
            store.add(facts);
            running.removeIf(one -> one.id().equals(facts.id()));
            ended.merge(facts.state(), 1L, Long::sum);
            endedBytes += facts.bytesRead() + facts.bytesWritten();
            endedCut += facts.cut();
        }
        told.accept(facts);
    }

    /** Ends one and waits for its file; false if it does not go on. */
    public boolean stop(String id) {
        return stop(id, State.STOPPED);
    }

    private boolean stop(String id, State why) {
        for (Running one : running) {
            if (one.id().equals(id) && one.capture().end(why)) {
                join(one.thread());
                return true;
            }
        }
        return false;
    }

    private static void join(Thread thread) {
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes one that does not go on; false if there is none. */
    public synchronized boolean delete(String id) throws IOException {
        return store.delete(id);
    }

    /** All, the newest first. */
    public List<Recording> list() {
        List<Recording> all = new ArrayList<>(store.all());
        running.stream()
                .map(one -> one.capture().facts())
                .filter(facts -> store.find(facts.id()) == null)
                .forEach(all::add);
        all.sort(Comparator.comparing(Recording::startedAt).reversed());
        return all;
    }

    public Optional<Recording> find(String id) {
        Stream<Recording> going = running.stream().map(one -> one.capture().facts());
        return Stream.concat(Stream.ofNullable(store.find(id)), going)
                .filter(one -> one.id().equals(id))
                .findFirst();
    }

    /** The file of one that is known, as far as it is written; to be closed by the caller. */
    public Optional<InputStream> content(String id) throws IOException {
        Optional<Recording> found = find(id);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new FirstBytes(store.packets(id), found.get().size()));
    }

    /** Its connections; reads the file. */
    public Optional<List<RecordedConnection>> connections(String id) throws IOException {
        Optional<InputStream> file = content(id);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (RecordedPackets packets = new RecordedPackets(file.get())) {
            return Optional.of(packets.connections());
        }
    }

    /** An error of the disk in numbered words. */
    public String numbered(IOException cause) {
        return store.numbered(cause);
    }

    /** Bytes of those that have ended, and the budgets of those that go on. */
    private long used() {
        return store.all().stream().mapToLong(Recording::size).sum()
                + running.stream().mapToLong(one -> one.capture().facts().budget()).sum();
    }

    public synchronized RecordingTotals totals() {
        List<Recording> going = running.stream().map(one -> one.capture().facts()).toList();
        return new RecordingTotals(
                going.size(),
                going.size() + store.all().size(),
                used(),
                capacity,
                endedBytes
                        + going.stream()
                                .mapToLong(one -> one.bytesRead() + one.bytesWritten())
                                .sum(),
                ended,
                endedCut + going.stream().mapToLong(Recording::cut).sum());
    }

    /** Ends all; waits for their files. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        running.forEach(one -> one.capture().end(State.CLOSED));
        running.forEach(one -> join(one.thread()));
        store.close();
    }
}
