package io.dermaga.masking;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetter.Failure;
import io.dermaga.api.monitor.DeadLetter.Replays;
import io.dermaga.api.monitor.DeadLetterGroup;
import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.RecordedMessage;
import io.dermaga.settings.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules of each listener: {@code dermaga.mask.NAME}, or else {@code dermaga.mask}. Without any,
 * contents are as they are. Thread-safe.
 */
@ApplicationScoped
public class Masks {

    private static final System.Logger LOG = System.getLogger(Masks.class.getName());

    private final Map<String, List<Mask>> rules = new ConcurrentHashMap<>();

    private final Function<String, String> configuration;

    public Masks() {
        this(listener -> Configuration.ofProcess().mask(listener));
    }

    /**
     * @param configuration rules as text, by the name of a listener; empty if there are none
     */
    Masks(Function<String, String> configuration) {
        this.configuration = configuration;
    }

    /** The same rules for all listeners. */
    public static Masks of(String rules) {
        return new Masks(listener -> rules);
    }

    private List<Mask> rules(String listener) {
        return rules.computeIfAbsent(listener, this::read);
    }

    /** All is covered where nobody knows what should be. */
    private List<Mask> read(String listener) {
        try {
            return MaskRules.parse("dermaga.mask." + listener, configuration.apply(listener));
        } catch (IllegalStateException unreadable) {
            LOG.log(System.Logger.Level.ERROR, unreadable.getMessage() + "; all is covered");
            return List.of(new WholeMask());
        }
    }

    /** Whether there is anything to cover in what comes by this listener. */
    public boolean covers(String listener) {
        return !rules(listener).isEmpty();
    }

    /** A text that tells of what has come by this listener, an error for example. */
    public String text(String listener, String text) {
        String covered = text;
        for (Mask mask : rules(listener)) {
            covered = mask.apply(covered);
        }
        return covered;
    }

    /** A message with its error and its content. */
    public RecordedMessage message(RecordedMessage message) {
        MessageRecord facts = message.facts();
        String listener = facts.listener();
        if (!covers(listener)) {
            return message;
        }
        MessageContent content = message.content();
        return new RecordedMessage(
                facts(facts), content == null ? null : content(listener, content));
    }

    /** The facts of a message, which an error of its bean may quote. */
    public MessageRecord facts(MessageRecord facts) {
        String error = facts.error();
        if (error == null || !covers(facts.listener())) {
            return facts;
        }
        return new MessageRecord(
                facts.sequence(),
                facts.id(),
                facts.copy(),
                facts.connectionId(),
                facts.listener(),
                facts.remoteAddress(),
                facts.size(),
                facts.firstByteAt(),
                facts.receiving(),
                facts.waiting(),
                facts.inBean(),
                facts.attempts(),
                facts.outcome(),
                text(facts.listener(), error),
                facts.spilled(),
                facts.stream(),
                facts.stages(),
                facts.acknowledgement());
    }

    /** An event, which may quote a message of its listener. */
    public MonitorEvent event(MonitorEvent event) {
        String listener = event.listener();
        if (listener == null || !covers(listener)) {
            return event;
        }
        return new MonitorEvent(
                event.sequence(),
                event.at(),
                event.kind(),
                listener,
                event.connectionId(),
                text(listener, event.text()));
    }

    /**
     * What dead letters share, which may quote them.
     *
     * @param listeners by one of which they have come
     */
    public DeadLetterGroup group(DeadLetterGroup group, Collection<String> listeners) {
        String fault = group.fault();
        for (String listener : listeners) {
            fault = text(listener, fault);
        }
        return new DeadLetterGroup(fault, group.count(), group.newest());
    }

    /** A dead letter, whose failure may quote it. */
    public DeadLetter letter(DeadLetter letter) {
        String listener = letter.listener();
        if (!covers(listener)) {
            return letter;
        }
        Failure failure = letter.failure();
        Replays replays = letter.replays();
        String error = replays.lastError();
        return new DeadLetter(
                letter.id(),
                listener,
                letter.activation(),
                letter.copy(),
                letter.origin(),
                letter.size(),
                letter.charset(),
                letter.firstByteAt(),
                new Failure(
                        failure.firstAt(),
                        failure.lastAt(),
                        failure.attempts(),
                        text(listener, failure.cause()),
                        text(listener, failure.stack())),
                letter.edited(),
                error == null
                        ? replays
                        : new Replays(replays.failed(), replays.lastAt(), text(listener, error)));
    }

    /** A content that has come by this listener, with what its peer was told of it. */
    public MessageContent content(String listener, MessageContent content) {
        if (!covers(listener)) {
            return content;
        }
        byte[] covered = bytes(listener, copy(content.head()), content.charset());
        return new MessageContent(
                content.id(),
                ByteBuffer.wrap(covered),
                content.complete() ? covered.length : content.size(),
                content.charset(),
                ByteBuffer.wrap(reply(listener, content.acknowledgement(), content.charset())));
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private byte[] reply(String listener, ByteBuffer reply, String charset) {
        byte[] covered = copy(reply);
        for (Mask mask : rules(listener)) {
            covered = mask.applyToReply(covered);
        }
        return asText(listener, covered, charset);
    }

    /**
     * Bytes that have come by this listener.
     *
     * @param charset in which they are text; one that is unknown here counts as ISO 8859-1
     */
    public byte[] bytes(String listener, byte[] bytes, @Nullable String charset) {
        if (!covers(listener)) {
            return bytes;
        }
        byte[] covered = bytes;
        for (Mask mask : rules(listener)) {
            covered = mask.apply(covered);
        }
        return asText(listener, covered, charset);
    }

    private byte[] asText(String listener, byte[] bytes, @Nullable String charset) {
        Charset known = charset(charset);
        String text = new String(bytes, known);
        if (!Arrays.equals(text.getBytes(known), bytes)) {
            // no text in its charset: each byte is looked at as a character, none gets lost
            known = StandardCharsets.ISO_8859_1;
            text = new String(bytes, known);
        }
        return text(listener, text).getBytes(known);
    }

    private static Charset charset(@Nullable String name) {
        try {
            return name == null ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknownHere) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
