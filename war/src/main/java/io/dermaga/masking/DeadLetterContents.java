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
import java.util.function.BiFunction;

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
        return monitor.ask(source -> covered(source, id, Monitor::deadLetterContent))
                .flatMap(found -> found);
    }

    /** What was delivered; as {@link #content}. */
    public Optional<InputStream> original(String id) {
        return monitor.ask(source -> covered(source, id, Monitor::deadLetterOriginal))
                .flatMap(found -> found);
    }

    private Optional<InputStream> covered(
            Monitor source, String id, BiFunction<Monitor, String, Optional<InputStream>> content) {
        Optional<DeadLetter> letter = source.deadLetter(id);
        if (letter.isEmpty()) {
            return Optional.empty();
        }
        DeadLetter facts = letter.get();
        Optional<InputStream> found = content.apply(source, id);
        return masks.covers(facts.listener()) ? found.map(bytes -> covered(facts, bytes)) : found;
    }

    private InputStream covered(DeadLetter letter, InputStream content) {
        try (content) {
            byte[] all = content.readNBytes(MOST_BYTES + 1);
            if (all.length > MOST_BYTES) {
                throw new IOException(
                        "DMG4702 dead letter '%s' has more than %d bytes: what is to be covered in it is not shown"
                                .formatted(letter.id(), MOST_BYTES));
            }
            return new ByteArrayInputStream(masks.bytes(letter.listener(), all, letter.charset()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }
}
