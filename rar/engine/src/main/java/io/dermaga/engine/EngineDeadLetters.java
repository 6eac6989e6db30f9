package io.dermaga.engine;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.deadletter.DeadLetterStore;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.Feed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What an operator does to dead letters; each change is told of with the name of who did it. */
final class EngineDeadLetters {

    private final DeadLetterStore store;
    private final Feed feed;

    EngineDeadLetters(DeadLetterStore store, Feed feed) {
        this.store = store;
        this.feed = feed;
    }

    Optional<DeadLetter> find(String id) {
        try {
            return store.find(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    Optional<InputStream> content(String id) {
        try {
            return store.content(id);
        } catch (IOException e) {
            throw unreadable(id, e);
        }
    }

    Optional<InputStream> original(String id) {
        try {
            return store.original(id);
        } catch (IOException e) {
            throw unreadable(id, e);
        }
    }

    private static UncheckedIOException unreadable(String id, IOException cause) {
        return new UncheckedIOException(
                "DMG3210 content of dead letter '%s' cannot be read: %s"
                        .formatted(id, Escape.cause(cause)),
                cause);
    }

    boolean edit(String id, byte[] content, String actor) {
        try {
            Optional<DeadLetter> letter = store.edit(id, content);
            letter.ifPresent(
                    one ->
                            told(
                                    one,
                                    "DMG3206 dead letter '%s' of listener '%s' is edited by '%s': it has %d bytes now, the original %d"
                                            .formatted(
                                                    id,
                                                    one.listener(),
                                                    Escape.text(actor),
                                                    content.length,
                                                    one.size())));
            return letter.isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    boolean delete(String id, String actor) {
        try {
            Optional<DeadLetter> letter = store.delete(id);
            letter.ifPresent(
                    one ->
                            told(
                                    one,
                                    "DMG3207 dead letter '%s' of listener '%s' is deleted by '%s'"
                                            .formatted(id, one.listener(), Escape.text(actor))));
            return letter.isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void told(DeadLetter letter, String text) {
        feed.info(Kind.DEAD_LETTER, letter.listener(), text);
    }
}
