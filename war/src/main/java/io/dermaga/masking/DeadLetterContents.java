package io.dermaga.masking;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Contents of dead letters as files, covered as their listener asks. */
@ApplicationScoped
public class DeadLetterContents {

    /** What is covered is read as a whole. */
    static final int MOST_BYTES = 16 << 20;

    @Inject private ConnectedMonitor monitor;
    @Inject private Masks masks;

    /**
     * What would be delivered. To be closed by the caller.
     *
     * @return empty if there is no such letter, or no adapter
     * @throws UncheckedIOException DMG4702 if something is to be covered in more than 16 MiB
     */
    public Optional<InputStream> content(String id) {
        return monitor.ask(source -> covered(source, id, source.deadLetterContent(id)))
                .flatMap(found -> found);
    }

    /** What was delivered; as {@link #content}. */
    public Optional<InputStream> original(String id) {
        return monitor.ask(source -> covered(source, id, source.deadLetterOriginal(id)))
                .flatMap(found -> found);
    }

    private Optional<InputStream> covered(
            Monitor source, String id, Optional<InputStream> content) {
        Optional<DeadLetter> letter = source.deadLetter(id);
        boolean covers = letter.map(facts -> masks.covers(facts.listener())).orElse(true);
        if (content.isEmpty() || !covers) {
            return content;
        }
        try (InputStream bytes = content.get()) {
            byte[] all = bytes.readNBytes(MOST_BYTES + 1);
            if (letter.isEmpty()) {
                return Optional.empty(); // it went away meanwhile
            }
            if (all.length > MOST_BYTES) {
                throw new IOException(
                        "DMG4702 dead letter '%s' has more than %d bytes: what is to be covered in it is not shown"
                                .formatted(id, MOST_BYTES));
            }
            DeadLetter facts = letter.get();
            return Optional.of(
                    new ByteArrayInputStream(masks.bytes(facts.listener(), all, facts.charset())));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }
}
