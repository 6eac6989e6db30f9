package io.dermaga.attributes;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.settings.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of messages, by the rules of their listener: {@code
 * dermaga.history.attributes.NAME}, or else {@code dermaga.history.attributes}. Thread-safe.
 */
@ApplicationScoped
public class Attributes {

    /** Values of one name in a message, at most. */
    static final int MOST_VALUES = 8;

    /** Characters of a value, at most: the rest is cut. */
    static final int MOST_CHARACTERS = 200;

    /** Characters of all together as a text, at most; those that come later are left out. */
    static final int MOST_ALTOGETHER = 4_000;

    private static final System.Logger LOG = System.getLogger(Attributes.class.getName());

    private final Map<String, Map<String, Values>> rules = new ConcurrentHashMap<>();

    private final Function<String, String> configuration;

    public Attributes() {
        this(listener -> Configuration.ofProcess().attributes(listener));
    }

    /**
     * @param configuration rules as text, by the name of a listener; empty if there are none
     */
    private Attributes(Function<String, String> configuration) {
        this.configuration = configuration;
    }

    /** The same rules for all listeners. */
    public static Attributes of(String rules) {
        return new Attributes(listener -> rules);
    }

    private Map<String, Values> rules(String listener) {
        return rules.computeIfAbsent(listener, this::read);
    }

    private Map<String, Values> read(String listener) {
        try {
            return AttributeRules.parse(
                    "dermaga.history.attributes." + listener, configuration.apply(listener));
        } catch (IllegalStateException unreadable) {
            LOG.log(System.Logger.Level.ERROR, unreadable.getMessage() + "; none is taken");
            return Map.of();
        }
    }

    /**
     * What is found in a content.
     *
     * @param listener by which it has come
     * @param content with what is masked covered; null if none is kept
     */
    public List<Attribute> of(String listener, @Nullable MessageContent content) {
        Map<String, Values> wanted = rules(listener);
        if (wanted.isEmpty() || content == null) {
            return List.of();
        }
        String text = content.text();
        List<Attribute> found = new ArrayList<>();
        int length = 1;
        for (Map.Entry<String, Values> rule : wanted.entrySet()) {
            List<String> values =
                    rule.getValue()
                            .in(content, text)
                            .map(Attributes::line)
                            .filter(value -> !value.isEmpty())
                            .distinct()
                            .limit(MOST_VALUES)
                            .toList();
            for (String value : values) {
                Attribute attribute = new Attribute(rule.getKey(), value);
                length += attribute.toString().length() + 1;
                if (length > MOST_ALTOGETHER) {
                    return found;
                }
                found.add(attribute);
            }
        }
        return found;
    }

    private static String line(String value) {
        String line = value.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS);
    }
}
