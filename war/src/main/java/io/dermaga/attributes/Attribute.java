package io.dermaga.attributes;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a message is found by.
 *
 * @param name letters, digits, {@code _ - .}
 * @param value without control characters
 */
public record Attribute(String name, String value) {

    /** As a search has it: {@code order=4711}. */
    @Override
    public String toString() {
        return name + "=" + value;
    }

    /** Several as one text: each between two ends of lines, so that a whole one can be found. */
    public static @Nullable String text(List<Attribute> attributes) {
        return attributes.isEmpty()
                ? null
                : attributes.stream()
                        .map(Attribute::toString)
                        .collect(Collectors.joining("\n", "\n", "\n"));
    }

    /** The attributes of such a text. */
    public static List<Attribute> of(@Nullable String text) {
        return text == null
                ? List.of()
                : text.lines()
                        .filter(line -> line.indexOf('=') > 0)
                        .map(
                                line ->
                                        new Attribute(
                                                line.substring(0, line.indexOf('=')),
                                                line.substring(line.indexOf('=') + 1)))
                        .toList();
    }

    /**
     * The part of such a text that is meant by {@code order=4711}, by {@code order=47*} for a
     * beginning, or by {@code 4711} under any name.
     */
    public static String part(String wanted) {
        boolean isBeginning = wanted.endsWith("*");
        String begin = isBeginning ? wanted.substring(0, wanted.length() - 1) : wanted;
        return (begin.indexOf('=') < 0 ? "=" : "\n") + begin + (isBeginning ? "" : "\n");
    }
}
