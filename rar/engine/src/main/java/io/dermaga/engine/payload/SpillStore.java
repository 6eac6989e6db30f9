package io.dermaga.engine.payload;

import io.dermaga.engine.files.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Disk space for large payloads, with a bound. Its files have no name once they are open, so that
 * nothing remains of them whatever ends the process, and only the owner of the process could read
 * them. One thread writes.
 */
public final class SpillStore implements AutoCloseable {

    private static final Set<OpenOption> OPTIONS =
            Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);

    private final Path directory;
    private final long capacity;
    private final AtomicLong used = new AtomicLong();
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "dermaga-spill");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * @param directory made when the first payload needs it
     * @param capacity bytes of all files together
     */
    public SpillStore(Path directory, long capacity) {
        this.directory = directory;
        this.capacity = capacity;
    }

    public long used() {
        return used.get();
    }

    public long capacity() {
        return capacity;
    }

    /** A new file; opened and written in the background. */
    public SpillFile open(SpillFile.Observer observer) {
        return new SpillFile(this, observer);
    }

    void write(Runnable task) {
        try {
            writer.execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // closed meanwhile: its thread has ended, what is left is given back here
        }
    }

    FileChannel openChannel() throws IOException {
        Files.createDirectories(directory, OwnerOnly.directory(directory));
        Path file = directory.resolve(UUID.randomUUID() + ".spill");
        return FileChannel.open(file, OPTIONS, OwnerOnly.file(file));
    }

    void reserve(long bytes) throws IOException {
        if (used.addAndGet(bytes) > capacity) {
            used.addAndGet(-bytes);
            throw new IOException("spillCapacity=" + capacity + " bytes is used up");
        }
    }

    void unreserve(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Ends the writing thread after what is queued; waits for at most five seconds. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
