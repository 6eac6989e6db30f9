package io.dermaga.engine.monitor;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/** How often each numbered warning was told. Thread-safe. */
final class WarningCounts {

    private static final Pattern NUMBERED = Pattern.compile("DMG[0-9]{4}\\b");
    private static final int NUMBER_LENGTH = 7;
    private static final String OTHER = "other";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * @param number that the text begins with; as many as there are in docs/messages.md
     */
    void count(String number) {
        counts.computeIfAbsent(number, one -> new LongAdder()).increment();
    }

    /** The number that a text begins with. */
    static String numberOf(String text) {
        return NUMBERED.matcher(text).lookingAt() ? text.substring(0, NUMBER_LENGTH) : OTHER;
    }

    Map<String, Long> snapshot() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((number, count) -> all.put(number, count.sum()));
        return all;
    }
}
