package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterGroup;
import io.dermaga.api.monitor.Monitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A monitor that has some dead letters and nothing else. */
final class KeptLetters {

    private KeptLetters() {}

    /** So many, {@code c.1} the newest; of each two one has the fault {@code even #}. */
    static Monitor monitor(int count) {
        List<DeadLetter> letters =
                IntStream.rangeClosed(1, count).mapToObj(i -> letter(i, false)).toList();
        return (Monitor)
                Proxy.newProxyInstance(
                        KeptLetters.class.getClassLoader(),
                        new Class<?>[] {Monitor.class},
                        (proxy, method, given) ->
                                switch (method.getName()) {
                                    case "deadLetters" ->
                                            page(
                                                    letters,
                                                    (DeadLetterFilter) given[0],
                                                    (String) given[1],
                                                    (Integer) given[2]);
                                    case "deadLetterGroups" ->
                                            groups(letters, (DeadLetterFilter) given[0]);
                                    case "deadLetterContent" -> content("edited " + given[0]);
                                    case "deadLetterOriginal" -> content("original " + given[0]);
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    /** A monitor whose disk fails. */
    static Monitor broken() {
        return (Monitor)
                Proxy.newProxyInstance(
                        KeptLetters.class.getClassLoader(),
                        new Class<?>[] {Monitor.class},
                        (proxy, method, given) -> {
                            throw new UncheckedIOException(
                                    "DMG3210 cannot be read\u001b", new IOException("gone"));
                        });
    }

    static DeadLetter letter(int number, boolean edited) {
        Instant at = Instant.EPOCH.plusSeconds(1000 - number);
        return new DeadLetter(
                "c." + number,
                "hl7",
                "app#Bean",
                new DeadLetter.Origin(
                        "c",
                        InetSocketAddress.createUnresolved("10.0.0.7", 51422),
                        InetSocketAddress.createUnresolved("10.0.0.1", 8001),
                        Instant.EPOCH,
                        null),
                5,
                "UTF-8",
                Instant.EPOCH,
                new DeadLetter.Failure(
                        at,
                        at,
                        3,
                        "DMG3001 bean failed on listener 'hl7': "
                                + (number % 2 == 0 ? "even " : "odd ")
                                + number,
                        ""),
                edited,
                DeadLetter.Replays.NONE);
    }

    private static List<DeadLetter> page(
            List<DeadLetter> letters, DeadLetterFilter filter, String after, int max) {
        return letters.stream()
                .filter(filter::matches)
                .dropWhile(one -> after != null && !one.id().equals(after))
                .skip(after == null ? 0 : 1)
                .limit(max)
                .toList();
    }

    private static List<DeadLetterGroup> groups(List<DeadLetter> letters, DeadLetterFilter filter) {
        return letters.stream()
                .filter(filter::matches)
                .collect(Collectors.groupingBy(DeadLetter::fault, Collectors.counting()))
                .entrySet()
                .stream()
                .map(one -> new DeadLetterGroup(one.getKey(), one.getValue(), Instant.EPOCH))
                .toList();
    }

    private static Optional<InputStream> content(String text) {
        return Optional.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
