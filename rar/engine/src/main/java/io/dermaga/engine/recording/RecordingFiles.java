package io.dermaga.engine.recording;

import io.dermaga.engine.files.DirectoryLock;
import io.dermaga.engine.files.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of recordings in their directory, which only the owner of the process may read: what
 * was recorded, and facts beside it. Thread-safe for different recordings.
 */
final class RecordingFiles implements AutoCloseable {

    static final String PACKETS = ".pcapng";
    static final String FACTS = ".properties";
    private static final String TEMPORARY = ".tmp";
    private static final String LOCK = ".lock";

    private final Path directory;
    private @Nullable DirectoryLock lock;

    RecordingFiles(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    Path directory() {
        return directory;
    }

    boolean exist() {
        return Files.isDirectory(directory);
    }

    Path packets(String id) {
        return directory.resolve(id + PACKETS);
    }

    Path facts(String id) {
        return directory.resolve(id + FACTS);
    }

    /**
     * Makes the directory if it is missing, and keeps everybody else out of it.
     *
     * @throws IOException DMG3302 if another adapter has it
     */
    synchronized void take() throws IOException {
        if (lock != null) {
            return;
        }
        Files.createDirectories(directory, OwnerOnly.directory(directory));
        Path file = directory.resolve(LOCK);
        lock =
                DirectoryLock.take(file, OwnerOnly.file(file))
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "DMG3302 recordings in '"
                                                        + directory
                                                        + "' belong to another adapter that is running"));
    }

    /** Ids of all that have facts. */
    Set<String> ids() throws IOException {
        Set<String> ids = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + FACTS)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                ids.add(name.substring(0, name.length() - FACTS.length()));
            }
        }
        return ids;
    }

    /** A new file for packets. */
    FileChannel create(String id) throws IOException {
        return open(packets(id), StandardOpenOption.CREATE_NEW);
    }

    private FileChannel open(Path file, StandardOpenOption... options) throws IOException {
        Set<StandardOpenOption> all = new TreeSet<>(Set.of(options));
        all.add(StandardOpenOption.WRITE);
        return FileChannel.open(file, all, OwnerOnly.file(file));
    }

    /** Cuts what a killed process has not written to the end of a block. */
    void truncate(String id, long bytes) throws IOException {
        try (FileChannel channel = open(packets(id))) {
            channel.truncate(bytes);
        }
    }

    /** Replaces facts: afterwards the new are there, forced, or the old. */
    void replaceFacts(String id, RecordingFacts facts) throws IOException {
        Path temporary = directory.resolve(id + FACTS + TEMPORARY);
        try {
            try (FileChannel channel =
                    open(
                            temporary,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                facts.write(channel);
                channel.force(true);
            }
            Files.move(
                    temporary,
                    facts(id),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Removes one; after a crash in between the rest is removed at the next start. */
    void delete(String id) throws IOException {
        Files.deleteIfExists(facts(id));
        Files.deleteIfExists(packets(id));
    }

    /** Removes packets without facts, and what was not renamed in time. */
    void deleteRests() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean lost =
                        name.endsWith(PACKETS)
                                && !Files.exists(
                                        facts(name.substring(0, name.length() - PACKETS.length())));
                if (lost || name.endsWith(FACTS + TEMPORARY)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Lets another adapter have the directory. */
    @Override
    public synchronized void close() throws IOException {
        DirectoryLock taken = lock;
        if (taken != null) {
            taken.close();
            lock = null;
        }
    }
}
