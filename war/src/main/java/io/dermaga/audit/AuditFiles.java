package io.dermaga.audit;

import io.dermaga.settings.OwnerOnly;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines in files of one directory, named by the number of their first line: {@code
 * audit-0000000000000000001.jsonl}. The last file is appended to, each line forced to disk; a full
 * one is followed by a new one, and the oldest is removed when all together are too large. One
 * server at a time has the directory. For one thread at a time; reading is for any.
 */
final class AuditFiles implements Closeable {

    private static final Pattern NAME = Pattern.compile("audit-([0-9]{19})\\.jsonl");
    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final Path directory;
    private final long most;
    private final long each;

    private @Nullable FileChannel guard;
    private @Nullable FileChannel last;
    private long next = 1;

    /**
     * Nothing is opened yet.
     *
     * @param most bytes of all files
     */
    AuditFiles(Path directory, long most) {
        this.directory = directory;
        this.most = most;
        this.each = Math.max(1, Math.min(most / 8, 4L << 20));
    }

    /** Appends a line, which is on the disk when this returns. */
    void append(LongFunction<String> line) throws IOException {
        FileChannel file = last == null ? open() : last;
        if (file.size() >= each) {
            file.close();
            file = create(next);
            removeOldest();
        }
        write(file, line.apply(next) + '\n');
        next++;
    }

    private static void write(FileChannel file, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
    }

    private FileChannel open() throws IOException {
        OwnerOnly.createDirectories(directory);
        lock();
        List<Path> known = newestFirst();
        for (Path file : known) {
            List<String> lines = lines(file);
            for (int i = lines.size() - 1; i >= 0; i--) {
                long number = AuditLine.read(lines.get(i)).map(AuditRecord::sequence).orElse(-1L);
                if (number > 0) {
                    next = Math.max(next, number + 1);
                    return reopen(known.get(0));
                }
            }
            next = Math.max(next, first(file));
        }
        return known.isEmpty() ? create(next) : reopen(known.get(0));
    }

    private FileChannel reopen(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        FileChannel opened = FileChannel.open(file, APPENDING);
        last = opened;
        if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
            write(opened, "\n"); // a crash has cut the last line
        }
        return opened;
    }

    private FileChannel create(long number) throws IOException {
        Path file = directory.resolve("audit-%019d.jsonl".formatted(number));
        FileChannel created = FileChannel.open(file, APPENDING, OwnerOnly.file());
        last = created;
        return created;
    }

    private void lock() throws IOException {
        if (guard != null) {
            return;
        }
        FileChannel file =
                FileChannel.open(directory.resolve(".lock"), APPENDING, OwnerOnly.file());
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                guard = file;
                return;
            }
        } catch (OverlappingFileLockException inThisProcess) {
            // told below
        }
        file.close();
        throw new IOException("another server has the directory");
    }

    private void removeOldest() throws IOException {
        List<Path> files = newestFirst();
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
            if (bytes > most - each) {
                Files.delete(file);
            }
        }
    }

    /** The files, the one with the newest lines first. */
    List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> NAME.matcher(name(file)).matches())
                    .sorted(Comparator.comparing(AuditFiles::name).reversed())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** Complete lines of a file, the oldest first; none if it was removed meanwhile. */
    static List<String> lines(Path file) throws IOException {
        try {
            // not readString: a crash may have cut a character
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (NoSuchFileException removed) {
            return List.of();
        }
    }

    /** The number of the first line of a file. */
    static long first(Path file) {
        return Long.parseLong(name(file).replaceAll("[^0-9]", ""));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Lets others have the directory; the next line opens it again. */
    @Override
    public void close() throws IOException {
        FileChannel file = last;
        FileChannel held = guard;
        last = null;
        guard = null;
        if (file != null) {
            file.close();
        }
        if (held != null) {
            held.close();
        }
    }
}
