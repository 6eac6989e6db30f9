package io.dermaga.engine.deadletter;

import io.dermaga.engine.files.DirectoryLock;
import io.dermaga.engine.files.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of dead letters in their directory, which only the owner of the process may read. A
 * letter is there from the moment when its facts are: they get their name when everything is forced
 * to disk, and lose it first. Not thread-safe for one letter.
 */
final class LetterFiles implements AutoCloseable {

    static final String FACTS = ".properties";
    static final String PAYLOAD = ".payload";
    static final String EDITED = ".edited";
    static final String TEMPORARY = ".tmp";
    static final List<String> KINDS = List.of(FACTS, PAYLOAD, EDITED);

    private static final String LOCK = ".lock";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path directory;
    private final boolean posix;
    private @Nullable DirectoryLock lock;

    LetterFiles(Path directory) {
        this.directory = directory.toAbsolutePath();
        this.posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    Path directory() {
        return directory;
    }

    Path file(String id, String kind) {
        return directory.resolve(id + kind);
    }

    boolean exist() {
        return Files.isDirectory(directory);
    }

    /**
     * Makes the directory if it is missing, and keeps everybody else out of it.
     *
     * @throws IOException DMG3204 if another adapter has it
     */
    void take() throws IOException {
        if (!exist()) {
            Path there = directory;
            while (there != null && !Files.exists(there)) {
                there = there.getParent();
            }
            Files.createDirectories(directory, OwnerOnly.directory(directory));
            for (Path made = directory; made != null && !made.equals(there); ) {
                made = made.getParent();
                if (made != null) {
                    force(made);
                }
            }
        }
        Path file = directory.resolve(LOCK);
        lock =
                DirectoryLock.take(file, OwnerOnly.file(file))
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "DMG3204 dead letters in '"
                                                        + directory
                                                        + "' belong to another adapter that is running"));
    }

    /** The names of all files, in order. */
    Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    /** Bytes of a file; 0 if it is missing. */
    long size(String id, String kind) throws IOException {
        return has(id, kind) ? Files.size(file(id, kind)) : 0;
    }

    boolean has(String id, String kind) {
        return Files.exists(file(id, kind));
    }

    /** Bytes of all files of a letter. */
    long size(String id) throws IOException {
        long bytes = 0;
        for (String kind : KINDS) {
            bytes += size(id, kind);
        }
        return bytes;
    }

    /**
     * Writes and forces the payload, under its name at once: nobody looks at it before there are
     * facts.
     *
     * @return how many bytes it has; of a longer one than {@code most} some more than that
     */
    long payload(String id, InputStream content, long most) throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel channel = create(file(id, PAYLOAD))) {
            for (int read = 0; read >= 0 && bytes <= most; read = content.read(buffer)) {
                write(channel, ByteBuffer.wrap(buffer, 0, read));
                bytes += read;
            }
            channel.force(true);
        }
        return bytes;
    }

    /** Replaces facts or edited content: afterwards the new are there, forced, or the old. */
    void replace(String id, String kind, byte[] content) throws IOException {
        Path temporary = file(id, kind + TEMPORARY);
        try {
            try (FileChannel channel = create(temporary)) {
                write(channel, ByteBuffer.wrap(content));
                channel.force(true);
            }
            Files.move(temporary, file(id, kind), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        force(directory);
    }

    /** Removes a letter; after a crash in between the rest is removed at the next start. */
    void delete(String id) throws IOException {
        Files.deleteIfExists(file(id, FACTS));
        force(directory);
        Files.deleteIfExists(file(id, EDITED));
        Files.deleteIfExists(file(id, PAYLOAD));
    }

    private FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE),
                OwnerOnly.file(file));
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Makes names durable. Where directories cannot be opened (Windows), the system does it. */
    private void force(Path folder) throws IOException {
        if (posix) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Lets another adapter have the directory. */
    @Override
    public void close() throws IOException {
        DirectoryLock taken = lock;
        if (taken != null) {
            taken.close();
        }
    }
}
