package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterGroup;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.masking.Masks;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of dead letters.
 *
 * @param letters at most {@link #PAGE}, the newest failure first
 * @param older id of the last one if there are more after it; else null
 * @param count how many the filter means on all pages
 * @param groups the most frequent faults, at most {@link #GROUPS}
 * @param moreGroups how many more faults there are
 * @param until before which all those that were counted have failed
 */
record LettersShown(
        List<DeadLetter> letters,
        @Nullable String older,
        long count,
        List<DeadLetterGroup> groups,
        int moreGroups,
        Instant until) {

    /** How many letters a page shows. */
    static final int PAGE = 50;

    /** How many groups a page shows. */
    static final int GROUPS = 8;

    static final LettersShown NONE =
            new LettersShown(List.of(), null, 0, List.of(), 0, Instant.EPOCH);

    LettersShown {
        letters = List.copyOf(letters);
        groups = List.copyOf(groups);
    }

    /**
     * Reads a page.
     *
     * @param after id of the last one of the page before; null or blank for the first page
     */
    static LettersShown of(Monitor source, LetterFilter criteria, @Nullable String after) {
        String place = after == null || after.isBlank() ? null : after.trim();
        List<DeadLetter> found = source.deadLetters(criteria.filter(), place, PAGE + 1);
        List<DeadLetter> letters = found.subList(0, Math.min(PAGE, found.size()));
        List<DeadLetterGroup> groups = source.deadLetterGroups(criteria.filter());
        return new LettersShown(
                letters,
                found.size() > PAGE ? letters.get(PAGE - 1).id() : null,
                groups.stream().mapToLong(DeadLetterGroup::count).sum(),
                groups.subList(0, Math.min(GROUPS, groups.size())),
                Math.max(0, groups.size() - GROUPS),
                groups.stream()
                        .map(DeadLetterGroup::newest)
                        .max(Comparator.naturalOrder())
                        .map(newest -> newest.plusNanos(1))
                        .orElse(Instant.EPOCH));
    }

    /**
     * The same with what the rules of listeners cover.
     *
     * @param listeners of which any may have taken them
     */
    LettersShown covered(Masks masks, Collection<String> listeners) {
        return new LettersShown(
                letters.stream().map(masks::letter).toList(),
                older,
                count,
                groups.stream().map(group -> masks.group(group, listeners)).toList(),
                moreGroups,
                until);
    }
}
