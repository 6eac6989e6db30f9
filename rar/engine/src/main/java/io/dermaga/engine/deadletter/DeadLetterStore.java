package io.dermaga.engine.deadletter;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterGroup;
import io.dermaga.engine.monitor.Escape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters on disk, with a bound. Thread-safe. Whatever changes something returns when it is
 * forced to disk, and blocks until then, so never call it on an event loop; if it throws, what was
 * there before is there.
 *
 * <p>It looks into its directory once: when it is made, or, while another adapter has the directory
 * or it cannot be read, at the first letter afterwards.
 */
public final class DeadLetterStore implements AutoCloseable {

    /** How many letters there may be, however small. */
    public static final int MOST_LETTERS = 100_000;

    private static final int STRIPES = 64;

    private final LetterFiles files;
    private final LetterIndex index = new LetterIndex();
    private final Space space;
    private final LetterWriter writer;
    private final Consumer<String> warnings;
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    private final Object[] stripes = new Object[STRIPES];
    private final Object life = new Object();
    private boolean open;
    private boolean closed;

    /**
     * @param directory made when the first letter needs it; a missing one is an empty store
     * @param capacity bytes of all files together
     * @param warnings takes numbered sentences about what is in the directory and cannot be used
     */
    public DeadLetterStore(Path directory, long capacity, Consumer<String> warnings) {
        this(directory, capacity, MOST_LETTERS, warnings);
    }

    DeadLetterStore(Path directory, long capacity, int most, Consumer<String> warnings) {
        this.files = new LetterFiles(directory);
        this.space = new Space(capacity, most);
        this.writer = new LetterWriter(files, index, space, warnings);
        this.warnings = warnings;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
        if (files.exist()) {
            try {
                open();
            } catch (IOException e) {
                warnings.accept(numbered(e));
            }
        }
    }

    private void open() throws IOException {
        synchronized (life) {
            if (closed) {
                throw new IOException("the store is closed");
            }
            if (!open) {
                files.take();
                try {
                    look();
                    open = true;
                } finally {
                    if (!open) {
                        files.close();
                    }
                }
            }
        }
    }

    private void look() throws IOException {
        for (Inventory.Item item : new Inventory(files, warnings).take()) {
            index.put(item.letter());
            space.occupy(item.bytes());
        }
    }

    private String numbered(IOException cause) {
        String words = String.valueOf(cause.getMessage());
        return words.startsWith("DMG")
                ? words
                : "DMG3205 dead letters in '"
                        + files.directory()
                        + "' cannot be read: "
                        + Escape.cause(cause);
    }

    /**
     * Keeps a letter; returns when it is forced to disk. One that is there already (its id is) gets
     * the new failure and else stays as it is, and {@code content} is not read.
     *
     * @param content {@code letter.size()} bytes; not closed
     * @throws IOException DMG3201 if the disk fails, is full, or the content is not of its size,
     *     DMG3202 if the capacity is used up, DMG3204 if another adapter has the directory: nothing
     *     is kept then, try again later
     */
    public void keep(DeadLetter letter, InputStream content) throws IOException {
        try {
            open();
        } catch (IOException e) {
            throw writer.failed(letter.id(), e);
        }
        synchronized (stripe(letter.id())) {
            DeadLetter before = index.find(letter.id());
            if (before == null) {
                boolean edited = files.has(letter.id(), LetterFiles.EDITED);
                writer.add(letter.with(edited, DeadLetter.Replays.NONE), content);
            } else {
                writer.again(before, letter);
            }
        }
    }

    /**
     * Letters, newest failure first, without their stacks.
     *
     * @param afterId the last one of the page before; null or one that nobody remembers: from the
     *     newest on
     */
    public List<DeadLetter> page(DeadLetterFilter filter, @Nullable String afterId, int max) {
        return index.page(filter, afterId, max);
    }

    public long count(DeadLetterFilter filter) {
        return index.count(filter);
    }

    /** Letters by {@link DeadLetter#fault()}, the most frequent first. */
    public List<DeadLetterGroup> groups(DeadLetterFilter filter) {
        return index.groups(filter);
    }

    /**
     * One letter, with its stack.
     *
     * @throws IOException DMG3203 if its facts cannot be read any more
     */
    public Optional<DeadLetter> find(String id) throws IOException {
        synchronized (stripe(id)) {
            DeadLetter known = index.find(id);
            return known == null ? Optional.empty() : Optional.of(read(known));
        }
    }

    private DeadLetter read(DeadLetter known) throws IOException {
        Path facts = files.file(known.id(), LetterFiles.FACTS);
        try {
            return Facts.read(facts, known.edited());
        } catch (IOException e) {
            throw new IOException(Inventory.unreadable(facts, e), e);
        }
    }

    /**
     * What would be delivered: the edited content, or the original if there is none. To be closed
     * by the caller.
     *
     * @throws IOException if it cannot be opened
     */
    public Optional<InputStream> content(String id) throws IOException {
        DeadLetter known = index.find(id);
        return open(id, known != null && known.edited() ? LetterFiles.EDITED : LetterFiles.PAYLOAD);
    }

    /**
     * Bytes of {@link #content}.
     *
     * @throws IOException if there is no such letter, or its file cannot be looked at
     */
    public long contentSize(String id) throws IOException {
        DeadLetter known = index.find(id);
        boolean edited = known != null && known.edited();
        return Files.size(files.file(id, edited ? LetterFiles.EDITED : LetterFiles.PAYLOAD));
    }

    /** What was delivered, as {@link #content}. */
    public Optional<InputStream> original(String id) throws IOException {
        return open(id, LetterFiles.PAYLOAD);
    }

    private Optional<InputStream> open(String id, String kind) throws IOException {
        if (index.find(id) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.newInputStream(files.file(id, kind)));
        } catch (NoSuchFileException e) {
            if (index.find(id) == null) {
                return Optional.empty(); // deleted meanwhile
            }
            throw e;
        }
    }

    /**
     * Changes what would be delivered; the original is kept.
     *
     * @return the letter as it was; empty if there is none
     * @throws IOException DMG3201 or DMG3202, as {@link #keep}
     * @throws IllegalStateException DMG3208 if it is claimed
     */
    public Optional<DeadLetter> edit(String id, byte[] content) throws IOException {
        return alone(id, letter -> writer.edit(letter, content));
    }

    /**
     * Removes a letter.
     *
     * @return the letter as it was; empty if there is none
     * @throws IOException DMG3201 if the disk fails; it may be gone or not
     * @throws IllegalStateException DMG3208 if it is claimed
     */
    public Optional<DeadLetter> delete(String id) throws IOException {
        return alone(id, letter -> writer.remove(id));
    }

    private interface Change {
        void of(DeadLetter letter) throws IOException;
    }

    private Optional<DeadLetter> alone(String id, Change change) throws IOException {
        synchronized (stripe(id)) {
            DeadLetter letter = index.find(id);
            if (letter == null) {
                return Optional.empty();
            }
            if (!claimed.add(id)) {
                throw new IllegalStateException(
                        "DMG3208 dead letter '" + id + "' is being replayed");
            }
            try {
                change.of(letter);
            } finally {
                release(id);
            }
            return Optional.of(letter);
        }
    }

    /**
     * A letter was delivered again, by whoever has claimed it: with success it is removed.
     *
     * @param error numbered, one sentence, escaped; null on success
     * @return {@code false} if there is no such letter
     * @throws IOException DMG3201 if the disk fails
     */
    public boolean replayed(String id, @Nullable String error) throws IOException {
        synchronized (stripe(id)) {
            DeadLetter letter = index.find(id);
            if (letter == null) {
                return false;
            }
            if (error == null) {
                writer.remove(id);
            } else {
                writer.change(
                        read(letter)
                                .with(
                                        letter.edited(),
                                        letter.replays().failedAgain(Instant.now(), error)));
            }
            return true;
        }
    }

    /**
     * Asks to be the only one that delivers this letter again; nobody edits or deletes it
     * meanwhile.
     *
     * @return {@code false} if somebody else does, or there is no such letter
     */
    public boolean claim(String id) {
        synchronized (stripe(id)) {
            return index.find(id) != null && claimed.add(id);
        }
    }

    /** The end of {@link #claim}; the letter may be gone. */
    public void release(String id) {
        claimed.remove(id);
    }

    private Object stripe(String id) {
        return stripes[Math.floorMod(id.hashCode(), STRIPES)];
    }

    /** Bytes of all files. */
    public long used() {
        return space.used();
    }

    public long capacity() {
        return space.capacity();
    }

    /** How many letters there are. */
    public int size() {
        return index.size();
    }

    /** Lets another adapter have the directory. Nobody may be changing anything any more. */
    @Override
    public void close() {
        synchronized (life) {
            closed = true;
            try {
                files.close();
            } catch (IOException e) {
                warnings.accept(numbered(e));
            }
        }
    }
}
