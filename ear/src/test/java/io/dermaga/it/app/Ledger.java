package io.dermaga.it.app;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one bean saw. A payload reads {@code peer,number,filler}; numbers of a peer run from 0 on,
 * so that a lost, repeated or overtaken payload shows.
 */
final class Ledger {

    private static final Map<String, Ledger> LEDGERS = new ConcurrentHashMap<>();

    private final Map<String, Integer> next = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();
    private final LongAdder misplaced = new LongAdder();
    private final Map<String, String> notes = new ConcurrentHashMap<>();

    static Ledger of(String bean) {
        return LEDGERS.computeIfAbsent(bean, name -> new Ledger());
    }

    static void clear() {
        LEDGERS.clear();
    }

    /** Books a numbered payload; returns its number. */
    int book(String text) {
        String[] parts = text.split(",", 3);
        int number = Integer.parseInt(parts[1]);
        received.increment();
        next.compute(
                parts[0],
                (peer, expected) -> {
                    if (number != (expected == null ? 0 : expected)) {
                        misplaced.increment();
                    }
                    return number + 1;
                });
        return number;
    }

    void count() {
        received.increment();
    }

    void note(String key, String value) {
        notes.merge(key, value, (before, now) -> before + "|" + now);
    }

    /** Everything, as {@code bean.key=value} lines. */
    static String text() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(LEDGERS)
                .forEach(
                        (bean, ledger) -> {
                            line(text, bean, "received", ledger.received.sum());
                            line(text, bean, "misplaced", ledger.misplaced.sum());
                            line(text, bean, "peers", ledger.next.size());
                            new TreeMap<>(ledger.notes)
                                    .forEach((key, value) -> line(text, bean, key, value));
                        });
        return text.toString();
    }

    private static void line(StringBuilder text, String bean, String key, Object value) {
        text.append(bean).append('.').append(key).append('=').append(value).append('\n');
    }
}
