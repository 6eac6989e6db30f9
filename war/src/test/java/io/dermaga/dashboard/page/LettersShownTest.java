package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.DeadLetter;
import org.junit.jupiter.api.Test;

class LettersShownTest {

    private static final LetterFilter ALL = new LetterFilter(null, null, null);

    @Test
    void the_pages_have_every_letter_once() {
        var monitor = KeptLetters.monitor(LettersShown.PAGE * 2 + 1);
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

    @Test
    void a_full_last_page_has_none_after_it() {
        LettersShown page = LettersShown.of(KeptLetters.monitor(LettersShown.PAGE), ALL, " ");

        assertThat(page.letters()).hasSize(LettersShown.PAGE);
        assertThat(page.older()).isNull();
    }

    @Test
    void all_that_the_filter_means_are_counted_whatever_the_page_shows() {
        LettersShown page = LettersShown.of(KeptLetters.monitor(201), ALL, "c.200");

        assertThat(page.letters()).hasSize(1);
        assertThat(page.count()).isEqualTo(201);
        assertThat(page.groups()).extracting("fault").containsOnly("odd #", "even #");
    }

    @Test
    void a_click_on_a_group_shows_its_letters_alone() {
        var monitor = KeptLetters.monitor(11);
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
