package io.dermaga.history;

import io.dermaga.api.monitor.MessageRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** All messages of a search, one page after another. */
final class FoundIterator implements Iterator<MessageRecord> {

    private final Function<MessagePlace, Optional<FoundMessages>> following;
    private FoundMessages page;
    private int at;

    /**
     * @param first page
     * @param following the page after a place; empty if the database is away
     */
    FoundIterator(FoundMessages first, Function<MessagePlace, Optional<FoundMessages>> following) {
        this.page = first;
        this.following = following;
    }

    /**
     * Whether there is one more.
     *
     * @throws UncheckedIOException DMG4206 if the database is away
     */
    @Override
    public boolean hasNext() {
        MessagePlace next = page.next();
        while (at == page.messages().size() && next != null) {
            page =
                    following
                            .apply(next)
                            .orElseThrow(
                                    () ->
                                            new UncheckedIOException(
                                                    new IOException(
                                                            "DMG4206 the database of the history"
                                                                    + " went away before all"
                                                                    + " messages were read")));
            at = 0;
            next = page.next();
        }
        return at < page.messages().size();
    }

    @Override
    public MessageRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.messages().get(at++).facts();
    }
}
