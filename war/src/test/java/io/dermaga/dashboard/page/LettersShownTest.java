package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.Monitor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LettersShownTest {

    private static final LetterFilter ALL = new LetterFilter(null, null, null);

    private Path data;

    @BeforeEach
    void use(@TempDir Path temporary) {
        data = temporary;
    }

    @Test
    void the_pages_have_every_letter_once() throws IOException {
        try (KeptLetters kept = new KeptLetters(data, LettersShown.PAGE * 2 + 1)) {
            Monitor monitor = kept.monitor();
            LettersShown first = LettersShown.of(monitor, ALL, null);
            LettersShown second = LettersShown.of(monitor, ALL, first.older());
            LettersShown third = LettersShown.of(monitor, ALL, second.older());

            assertThat(first.letters()).hasSize(LettersShown.PAGE);
            assertThat(second.letters())
                    .hasSize(LettersShown.PAGE)
                    .doesNotContainAnyElementsOf(first.letters());
            assertThat(third.letters())
                    .extracting(DeadLetter::id)
                    .containsExactly("c." + (LettersShown.PAGE * 2 + 1));
            assertThat(third.older()).isNull();
        }
    }

    @Test
    void a_full_last_page_has_none_after_it() throws IOException {
        try (KeptLetters kept = new KeptLetters(data, LettersShown.PAGE)) {
            LettersShown page = LettersShown.of(kept.monitor(), ALL, " ");

            assertThat(page.letters()).hasSize(LettersShown.PAGE);
            assertThat(page.older()).isNull();
        }
    }

    @Test
    void a_place_that_nobody_remembers_is_the_first_page() throws IOException {
        try (KeptLetters kept = new KeptLetters(data, 2)) {
            assertThat(LettersShown.of(kept.monitor(), ALL, "<b>nobody").letters())
                    .extracting(DeadLetter::id)
                    .containsExactly("c.1", "c.2");
        }
    }

    @Test
    void all_that_the_filter_means_are_counted_whatever_the_page_shows() throws IOException {
        try (KeptLetters kept = new KeptLetters(data, 61)) {
            LettersShown page = LettersShown.of(kept.monitor(), ALL, "c.60");

            assertThat(page.letters()).hasSize(1);
            assertThat(page.count()).isEqualTo(61);
            assertThat(page.groups()).extracting("fault").containsOnly("odd #", "even #");
        }
    }

    @Test
    void all_that_were_counted_and_none_that_fails_later_are_acted_on() throws IOException {
        try (KeptLetters kept = new KeptLetters(data, 3)) {
            LettersShown page = LettersShown.of(kept.monitor(), ALL, null);

            assertThat(kept.monitor().deadLetterCount(ALL.before(page.until()))).isEqualTo(3);
            assertThat(page.until()).isEqualTo(KeptLetters.failedAt(1).plusNanos(1));
        }
    }

    @Test
    void a_click_on_a_group_shows_its_letters_alone() throws IOException {
        try (KeptLetters kept = new KeptLetters(data, 11)) {
            Monitor monitor = kept.monitor();
            var even =
                    LettersShown.of(monitor, ALL, null).groups().stream()
                            .filter(group -> group.fault().equals("even #"))
                            .findFirst()
                            .orElseThrow();

            LettersShown narrow =
                    LettersShown.of(
                            monitor, new LetterFilter(null, LetterFilter.cause(even), null), null);

            assertThat(narrow.count()).isEqualTo(even.count()).isEqualTo(5);
        }
    }
}
