package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.MessageRecord.StreamRange;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.attributes.Attribute;
import io.dermaga.dashboard.tree.ContentTree;
import io.dermaga.history.MessageLookup;
import io.dermaga.history.MessageLookup.Cover;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message: {@code message.xhtml?id=…}. */
@Named("messagePage")
@RequestScoped
public class MessagePage {

    @Inject private ConnectedMonitor monitor;
    @Inject private MessageLookup messages;
    @Inject private Contents contents;
    @Inject private Revealing revealing;

    private @Nullable String id;
    private @Nullable MessageRecord facts;
    private @Nullable MessageContent content;
    private @Nullable ContentTree tree;
    private List<ReadRow> reads = List.of();
    private List<Attribute> attributes = List.of();
    private Cover cover = Cover.NONE;
    private boolean deadLetter;

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    /** Reads the message; before it is rendered. */
    public void load() {
        String wanted = id;
        if (wanted != null) {
            MessageRecord known = messages.find(wanted).orElse(null);
            if (contents.isAllowed()) {
                Optional<MessageContent> kept =
                        contents.read(
                                "messages.content",
                                wanted,
                                () -> known == null ? Optional.empty() : messages.content(known));
                content = kept.orElse(null);
                tree =
                        kept.flatMap(
                                        one ->
                                                ContentTree.of(
                                                        one.head(),
                                                        one.complete(),
                                                        one.charset(),
                                                        known != null
                                                                && isIso8583(known.listener())))
                                .orElse(null);
            }
            facts = known;
            reads = known == null ? List.of() : reads(known);
            attributes = known == null ? List.of() : messages.attributes(known, content);
            if (known != null && content != null && revealing.isAllowed()) {
                cover = messages.cover(known);
            }
            deadLetter = known != null && known.outcome() == Outcome.FAILED && hasDeadLetter(known);
        }
    }

    /** Whether the framing of a listener is one of such messages. */
    private boolean isIso8583(String listener) {
        return monitor.ask(Monitor::snapshot).stream()
                .flatMap(snapshot -> snapshot.listeners().stream())
                .filter(one -> one.name().equals(listener))
                .anyMatch(one -> one.framing().startsWith("iso8583("));
    }

    /** Shows what is masked, once. */
    public void reveal() {
        revealing.message(id == null ? "" : id);
    }

    /** Whether something is masked that could be revealed. */
    public boolean isMasked() {
        return cover == Cover.REVEALABLE;
    }

    /** Whether something may be masked that nobody can reveal. */
    public boolean isMaskedForGood() {
        return cover == Cover.LASTING;
    }

    /** The facts; null if the message is not kept any more, or never was. */
    public @Nullable MessageRecord getFacts() {
        return facts;
    }

    /** The kept bytes; null if there are none. */
    public @Nullable MessageContent getContent() {
        return content;
    }

    /** The id as it is written in an address. */
    public String getUrlId() {
        return URLEncoder.encode(id == null ? "" : id, StandardCharsets.UTF_8);
    }

    /** How many bytes are kept. */
    public int getKept() {
        MessageContent known = content;
        return known == null ? 0 : known.head().remaining();
    }

    /** As much of the kept bytes as the page shows; null if there are none. */
    public @Nullable Excerpt getExcerpt() {
        MessageContent known = content;
        return known == null ? null : Excerpt.of(known.head(), known.charset());
    }

    /** As much of what its peer was told as the page shows; null if nothing of it is kept. */
    public @Nullable Excerpt getTold() {
        MessageContent known = content;
        return known == null || !known.acknowledgement().hasRemaining()
                ? null
                : Excerpt.of(known.acknowledgement(), known.charset());
    }

    /** The structure of the kept bytes; null if it cannot be told. */
    public @Nullable ContentTree getTree() {
        return tree;
    }

    /** What it is found by in the history; none without the role for contents. */
    public List<Attribute> getAttributes() {
        return attributes;
    }

    /** Whether it has become a dead letter that is still there. */
    public boolean isDeadLetter() {
        return deadLetter;
    }

    private boolean hasDeadLetter(MessageRecord failed) {
        try {
            return monitor.ask(source -> source.deadLetter(failed.id()).isPresent()).orElse(false);
        } catch (UncheckedIOException unreadable) {
            return true;
        }
    }

    /** Where the time went. */
    public Waterfall getWaterfall() {
        return Waterfall.of(Objects.requireNonNull(facts));
    }

    /** The reads that brought it, as far as they are kept. */
    public List<ReadRow> getReads() {
        return reads;
    }

    /** How many more there were. */
    public int getForgottenReads() {
        StreamRange range = facts == null ? null : facts.stream();
        return range == null ? 0 : Math.max(0, range.reads() - reads.size());
    }

    private List<ReadRow> reads(MessageRecord message) {
        StreamRange range = message.stream();
        return range == null
                ? List.of()
                : monitor.ask(source -> source.reads(message.id())).orElse(List.of()).stream()
                        .map(read -> ReadRow.of(read, message, range))
                        .toList();
    }
}
