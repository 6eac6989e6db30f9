package io.dermaga.engine.recording;

import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.Recording.State;
import io.dermaga.engine.monitor.Escape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Recordings on disk that have ended. What a killed process has left is cut after its last whole
 * block and told of as {@link State#KILLED}. Looks into its directory once, when it is made or, if
 * that cannot be, before the next recording. Thread-safe; blocks for the disk.
 */
final class RecordingStore implements AutoCloseable {

    private final RecordingFiles files;
    private final Consumer<String> warnings;
    private final Map<String, Recording> ended = new ConcurrentHashMap<>();
    private boolean open;

    /**
     * @param directory made when the first recording needs it
     * @param warnings takes numbered sentences about what cannot be used
     */
    RecordingStore(Path directory, Consumer<String> warnings) {
        this.files = new RecordingFiles(directory);
        this.warnings = warnings;
        if (files.exist()) {
            try {
                open();
            } catch (IOException e) {
                warnings.accept(numbered(e));
            }
        }
    }

    /** Makes the directory if it is missing, and looks what is there. */
    synchronized void open() throws IOException {
        if (open) {
            return;
        }
        files.take();
        try {
            files.deleteRests();
            for (String id : files.ids()) {
                look(id);
            }
            open = true;
        } finally {
            if (!open) {
                files.close();
            }
        }
    }

    private void look(String id) {
        try {
            Recording facts = RecordingFacts.read(files.facts(id));
            if (!facts.id().equals(id)) {
                throw new IOException("they are of '" + Escape.text(facts.id()) + "'");
            }
            ended.put(id, facts.goesOn() ? mended(facts, State.KILLED) : facts);
        } catch (IOException e) {
            warnings.accept(
                    "DMG3301 recording in '%s' cannot be used: %s"
                            .formatted(files.facts(id), Escape.cause(e)));
        }
    }

    /** Cut after its last whole block, with what is in it. */
    private Recording mended(Recording left, State state) throws IOException {
        Path packets = files.packets(left.id());
        long whole;
        List<RecordedConnection> connections;
        try (RecordedPackets found = new RecordedPackets(Files.newInputStream(packets))) {
            connections = found.connections();
            whole = found.whole();
        }
        files.truncate(left.id(), whole);
        Recording mended =
                new Recording(
                        left.id(),
                        left.listener(),
                        left.peers(),
                        left.actor(),
                        left.startedAt(),
                        connections.stream()
                                .map(RecordedConnection::lastAt)
                                .max(Instant::compareTo)
                                .orElse(left.startedAt()),
                        state,
                        left.error(),
                        left.budget(),
                        left.limit(),
                        whole,
                        connections.size(),
                        left.cut(),
                        connections.stream().mapToLong(RecordedConnection::bytesRead).sum(),
                        connections.stream().mapToLong(RecordedConnection::bytesWritten).sum());
        files.replaceFacts(left.id(), new RecordingFacts(mended));
        return mended;
    }

    /** An error of the disk in numbered words. */
    String numbered(IOException cause) {
        String words = String.valueOf(cause.getMessage());
        return words.startsWith("DMG")
                ? words
                : "DMG3304 recordings in '%s' cannot be read or written: %s"
                        .formatted(files.directory(), Escape.cause(cause));
    }

    /** The file of a recording that begins; its facts are there first. */
    FileChannel begin(Recording begun) throws IOException {
        files.replaceFacts(begun.id(), new RecordingFacts(begun));
        try {
            return files.create(begun.id());
        } catch (IOException e) {
            files.delete(begun.id());
            throw e;
        }
    }

    /** A recording that could not begin. */
    void abandon(String id) throws IOException {
        files.delete(id);
    }

    /** One has ended, and its file is closed. */
    void add(Recording facts) {
        ended.put(facts.id(), facts);
        try {
            if (facts.state() == State.DISK) {
                ended.put(facts.id(), mended(facts, State.DISK));
            } else {
                files.replaceFacts(facts.id(), new RecordingFacts(facts));
            }
        } catch (IOException e) {
            warnings.accept(numbered(e)); // found again as one of a process that was killed
        }
    }

    @Nullable Recording find(String id) {
        return ended.get(id);
    }

    Collection<Recording> all() {
        return ended.values();
    }

    boolean delete(String id) throws IOException {
        if (ended.get(id) == null) {
            return false;
        }
        files.delete(id);
        return ended.remove(id) != null;
    }

    /** The packets of one that is known, ended or not. */
    InputStream packets(String id) throws IOException {
        return Files.newInputStream(files.packets(id));
    }

    @Override
    public synchronized void close() {
        try {
            files.close();
        } catch (IOException e) {
            warnings.accept(numbered(e));
        }
    }
}
