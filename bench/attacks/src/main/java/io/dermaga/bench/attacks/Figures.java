package io.dermaga.bench.attacks;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What a target has told of itself; see {@link Gauges}. */
record Figures(Map<String, Long> values) {

    static Figures parse(String line) {
        return new Figures(
                Arrays.stream(line.split(" ", -1))
                        .filter(word -> word.indexOf('=') > 0)
                        .map(word -> word.split("=", -1))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1]))));
    }

    long get(String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the target tells nothing of " + name);
        }
        return value;
    }

    /** How much more it is than in another. */
    long since(Figures before, String name) {
        return get(name) - before.get(name);
    }
}
