package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.DeadLetter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Letters that a reader has picked in a table. */
final class PickedLetters {

    private PickedLetters() {}

    /**
     * Their ids, in the reverse order of the table.
     *
     * @param sent ids separated by commas, the newest failure first; what is no id is left out
     */
    static List<String> oldestFirst(@Nullable String sent) {
        List<String> ids =
                new ArrayList<>(
                        Arrays.stream((sent == null ? "" : sent).split(",", LettersShown.PAGE + 1))
                                .map(String::trim)
                                .filter(DeadLetter::isId)
                                .distinct()
                                .limit(LettersShown.PAGE)
                                .toList());
        Collections.reverse(ids);
        return ids;
    }
}
