package io.dermaga.attributes;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a JSON Pointer (RFC 6901) leads to: a string, a number, {@code true} or {@code false}, or
 * those in an array. Read as it comes, so that the beginning of a long document is enough.
 *
 * @param steps names of members, or numbers of elements from 0 on
 */
record JsonValues(List<String> steps) implements TextValues {

    private static final int DEEPEST = 500;

    /** Found once: the provider is looked for anew with each call of {@link Json}. */
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    JsonValues {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a pointer.
     *
     * @throws IllegalArgumentException if it is none, or the whole document
     */
    static JsonValues of(String pointer) {
        if (!pointer.matches("(/([^~]|~[01])*)+")) {
            throw new IllegalArgumentException("no JSON Pointer: " + pointer);
        }
        return new JsonValues(
                Arrays.stream(pointer.substring(1).split("/", -1))
                        .map(step -> step.replace("~1", "/").replace("~0", "~"))
                        .toList());
    }

    /** An object or an array that is open. */
    private static final class Level {

        private final boolean isArray;

        /** How many steps lead to it; -1: it lies elsewhere. */
        private final int steps;

        private String next = "";
        private int elements;

        Level(boolean isArray, int steps) {
            this.isArray = isArray;
            this.steps = steps;
        }

        /** The step to the value that comes now. */
        String step() {
            return isArray ? Integer.toString(elements++) : next;
        }
    }

    @Override
    public Stream<String> in(String text) {
        String document = text.strip();
        List<String> found = new ArrayList<>();
        if (!document.startsWith("{") && !document.startsWith("[")) {
            return found.stream();
        }
        try (JsonParser parser = PARSERS.createParser(new StringReader(document))) {
            find(parser, found);
        } catch (JsonException | IllegalStateException malformed) {
            return found.stream();
        }
        return found.stream();
    }

    private void find(JsonParser parser, List<String> found) {
        Deque<Level> open = new ArrayDeque<>();
        while (found.size() < Attributes.MOST_VALUES && parser.hasNext()) {
            Event event = parser.next();
            Level level = open.peekLast();
            switch (event) {
                case START_OBJECT, START_ARRAY -> {
                    if (open.size() == DEEPEST) {
                        return;
                    }
                    open.addLast(
                            new Level(
                                    event == Event.START_ARRAY,
                                    level == null ? 0 : stepsTo(level)));
                }
                case END_OBJECT, END_ARRAY -> open.removeLast();
                case KEY_NAME -> {
                    if (level != null) {
                        level.next = parser.getString();
                    }
                }
                case VALUE_NULL, VALUE_STRING, VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE -> {
                    if (level != null && isMeant(level) && event != Event.VALUE_NULL) {
                        found.add(value(parser, event));
                    }
                }
            }
        }
    }

    /** How many steps lead to the value that comes now, if they lead there at all. */
    private int stepsTo(Level level) {
        String step = level.step();
        return level.steps >= 0 && level.steps < steps.size() && steps.get(level.steps).equals(step)
                ? level.steps + 1
                : -1;
    }

    private boolean isMeant(Level level) {
        boolean isElement = level.isArray && level.steps == steps.size();
        return stepsTo(level) == steps.size() || isElement;
    }

    private static String value(JsonParser parser, Event event) {
        return switch (event) {
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            default -> parser.getString();
        };
    }
}
