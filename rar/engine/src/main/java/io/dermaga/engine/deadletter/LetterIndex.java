package io.dermaga.engine.deadletter;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterGroup;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The facts of all letters in memory, without their stacks: about a kilobyte for each. Readers
 * never wait; changes of one letter must not overlap.
 */
final class LetterIndex {

    /** How many of those that are gone still mark a place between pages. */
    private static final int GONE_KEPT = 1000;

    /** Newest first. */
    private record Place(Instant failedAt, String id) {

        static final Comparator<Place> NEWEST_FIRST =
                Comparator.comparing(Place::failedAt).thenComparing(Place::id).reversed();

        static Place of(DeadLetter letter) {
            return new Place(letter.failure().lastAt(), letter.id());
        }
    }

    private final Map<String, DeadLetter> byId = new ConcurrentHashMap<>();
    private final NavigableMap<Place, DeadLetter> byAge =
            new ConcurrentSkipListMap<>(Place.NEWEST_FIRST);
    private final Map<String, Place> gone =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
                    return size() > GONE_KEPT;
                }
            };

    void put(DeadLetter letter) {
        DeadLetter.Failure failure = letter.failure();
        DeadLetter kept =
                letter.withFailure(
                        new DeadLetter.Failure(
                                failure.firstAt(),
                                failure.lastAt(),
                                failure.attempts(),
                                failure.cause(),
                                ""));
        DeadLetter before = byId.put(letter.id(), kept);
        if (before != null && !Place.of(before).equals(Place.of(kept))) {
            byAge.remove(Place.of(before));
        }
        byAge.put(Place.of(kept), kept);
    }

    void remove(String id) {
        DeadLetter letter = byId.remove(id);
        if (letter != null) {
            Place place = Place.of(letter);
            byAge.remove(place);
            synchronized (gone) {
                gone.put(id, place);
            }
        }
    }

    @Nullable DeadLetter find(String id) {
        return byId.get(id);
    }

    int size() {
        return byId.size();
    }

    List<DeadLetter> page(DeadLetterFilter filter, @Nullable String afterId, int max) {
        Place after = afterId == null ? null : place(afterId);
        NavigableMap<Place, DeadLetter> rest = after == null ? byAge : byAge.tailMap(after, false);
        return rest.values().stream().filter(filter::matches).limit(max).toList();
    }

    private @Nullable Place place(String id) {
        DeadLetter letter = byId.get(id);
        if (letter != null) {
            return Place.of(letter);
        }
        synchronized (gone) {
            return gone.get(id);
        }
    }

    long count(DeadLetterFilter filter) {
        return filter.isAll() ? byId.size() : matching(filter).count();
    }

    List<DeadLetterGroup> groups(DeadLetterFilter filter) {
        Map<String, DeadLetterGroup> groups = new HashMap<>();
        matching(filter)
                .map(letter -> new DeadLetterGroup(letter.fault(), 1, letter.failure().lastAt()))
                .forEach(
                        one ->
                                groups.merge(
                                        one.fault(),
                                        one,
                                        (newer, older) ->
                                                new DeadLetterGroup(
                                                        newer.fault(),
                                                        newer.count() + 1,
                                                        newer.newest())));
        return groups.values().stream()
                .sorted(
                        Comparator.comparing(DeadLetterGroup::count)
                                .reversed()
                                .thenComparing(DeadLetterGroup::fault))
                .toList();
    }

    private Stream<DeadLetter> matching(DeadLetterFilter filter) {
        return byAge.values().stream().filter(filter::matches);
    }
}
