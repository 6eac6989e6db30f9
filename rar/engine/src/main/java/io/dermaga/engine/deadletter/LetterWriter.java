package io.dermaga.engine.deadletter;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.engine.monitor.Escape;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Changes files, space and index of a letter together: returns when the change is forced to disk;
 * if it throws, nothing has changed. Thread-safe, but not for one letter.
 */
final class LetterWriter {

    private final LetterFiles files;
    private final LetterIndex index;
    private final Space space;
    private final Consumer<String> warnings;

    LetterWriter(LetterFiles files, LetterIndex index, Space space, Consumer<String> warnings) {
        this.files = files;
        this.index = index;
        this.space = space;
        this.warnings = warnings;
    }

    void add(DeadLetter letter, InputStream content) throws IOException {
        byte[] facts = Facts.write(letter);
        long bytes = letter.size() + facts.length;
        space.reserveLetter(letter.id(), bytes);
        boolean done = false;
        try {
            if (files.payload(letter.id(), content, letter.size()) != letter.size()) {
                throw new IOException(
                        "its content is not of its size, %d".formatted(letter.size()));
            }
            files.replace(letter.id(), LetterFiles.FACTS, facts);
            index.put(letter);
            done = true;
        } catch (IOException e) {
            throw failed(letter.id(), e);
        } finally {
            if (!done) {
                space.freeLetter(bytes);
                abandon(letter.id());
            }
        }
    }

    /** A rest that cannot be removed now has no facts, and is removed at the next start. */
    private void abandon(String id) {
        try {
            files.delete(id);
        } catch (IOException e) {
            warnings.accept(failed(id, e).getMessage());
        }
    }

    /** Replaces the facts. */
    void change(DeadLetter letter) throws IOException {
        replace(letter.id(), LetterFiles.FACTS, Facts.write(letter));
        index.put(letter);
    }

    /** The bean has failed on it once more: gives it the new failure. */
    void again(DeadLetter before, DeadLetter now) throws IOException {
        Instant first = before.failure().firstAt();
        DeadLetter.Failure failure = now.failure();
        change(
                before.withFailure(
                        new DeadLetter.Failure(
                                first.isBefore(failure.firstAt()) ? first : failure.firstAt(),
                                failure.lastAt(),
                                failure.attempts(),
                                failure.cause(),
                                failure.stack())));
    }

    void edit(DeadLetter letter, byte[] content) throws IOException {
        replace(letter.id(), LetterFiles.EDITED, content);
        index.put(letter.with(true, letter.replays()));
    }

    private void replace(String id, String kind, byte[] content) throws IOException {
        boolean done = false;
        long more = 0;
        try {
            long wanted = content.length - files.size(id, kind);
            space.reserve(id, wanted);
            more = wanted;
            files.replace(id, kind, content);
            done = true;
        } catch (IOException e) {
            throw failed(id, e);
        } finally {
            if (!done) {
                space.free(more);
            }
        }
    }

    void remove(String id) throws IOException {
        try {
            long bytes = files.size(id);
            files.delete(id);
            index.remove(id);
            space.freeLetter(bytes);
        } catch (IOException e) {
            throw failed(id, e);
        }
    }

    IOException failed(String id, IOException cause) {
        return String.valueOf(cause.getMessage()).startsWith("DMG")
                ? cause
                : new IOException(
                        "DMG3201 dead letter '%s' cannot be written in '%s': %s"
                                .formatted(id, files.directory(), Escape.cause(cause)),
                        cause);
    }
}
