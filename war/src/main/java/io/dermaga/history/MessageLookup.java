package io.dermaga.history;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.attributes.Attribute;
import io.dermaga.attributes.Attributes;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message by its id: from the adapter while it remembers it, else from the history. */
@ApplicationScoped
public class MessageLookup {

    @Inject private ConnectedMonitor monitor;
    @Inject private MessageHistory history;
    @Inject private Masks masks;
    @Inject private Attributes attributes;

    /** The facts; empty as well if the adapter has forgotten it and the database is away. */
    public Optional<MessageRecord> find(String id) {
        return monitor.ask(source -> source.message(id))
                .flatMap(known -> known)
                .map(masks::facts)
                .or(() -> history.find(id).map(StoredMessage::facts));
    }

    /** Facts that the adapter told, covered as their listener asks. */
    public MessageRecord covered(MessageRecord facts) {
        return masks.facts(facts);
    }

    /** Whether something may be covered in contents that have come by this listener. */
    public boolean covers(String listener) {
        return masks.covers(listener);
    }

    /** What it is found by in the history, out of its covered content. */
    public List<Attribute> attributes(MessageRecord facts, @Nullable MessageContent covered) {
        return attributes.of(facts.listener(), covered);
    }

    /** What could be revealed in the content of a message. */
    public enum Cover {
        /** Nothing is covered. */
        NONE,
        /** What is covered could be: the adapter still has it. */
        REVEALABLE,
        /** Something may be covered, and only that is kept. */
        LASTING
    }

    /** How much more than is shown of its content there is. */
    public Cover cover(MessageRecord facts) {
        if (!covers(facts.listener())) {
            return Cover.NONE;
        }
        return kept(facts.id())
                .map(
                        content ->
                                masks.content(facts.listener(), content)
                                                .head()
                                                .equals(content.head())
                                        ? Cover.NONE
                                        : Cover.REVEALABLE)
                .orElse(Cover.LASTING);
    }

    /**
     * What the adapter still has of its content, as it came.
     *
     * @return empty if there is no such message
     * @throws IllegalStateException DMG4704 if it is kept covered only, or not at all
     */
    public Optional<MessageContent> uncovered(String id) {
        Optional<MessageContent> content = kept(id);
        if (content.isEmpty() && find(id).isPresent()) {
            throw new IllegalStateException(
                    "DMG4704 the content of message '%s' is not kept unmasked any more: the adapter has forgotten it"
                            .formatted(id));
        }
        return content;
    }

    private Optional<MessageContent> kept(String id) {
        return monitor.ask(source -> source.content(id)).flatMap(known -> known);
    }

    /** What is kept of its content, covered as its listener asks; empty if nothing is kept. */
    public Optional<MessageContent> content(String id) {
        return find(id).flatMap(this::content);
    }

    /** The same of a message that was found. */
    public Optional<MessageContent> content(MessageRecord facts) {
        return kept(facts.id())
                .map(content -> masks.content(facts.listener(), content))
                .or(() -> history.find(facts.id()).flatMap(history::content));
    }
}
