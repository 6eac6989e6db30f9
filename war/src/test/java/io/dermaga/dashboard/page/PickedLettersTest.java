package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PickedLettersTest {

    @Test
    void those_at_the_top_of_the_table_come_last() {
        assertThat(PickedLetters.oldestFirst("c.3,b.2,a.1")).containsExactly("a.1", "b.2", "c.3");
    }

    @Test
    void what_is_no_id_or_was_sent_twice_is_left_out() {
        assertThat(PickedLetters.oldestFirst("a.1,,../../x,<b>,a.1")).containsExactly("a.1");
        assertThat(PickedLetters.oldestFirst(null)).isEmpty();
        assertThat(PickedLetters.oldestFirst("")).isEmpty();
    }

    @Test
    void no_more_than_a_page_shows_can_be_picked() {
        String many =
                IntStream.range(0, 1000).mapToObj(i -> "a." + i).collect(Collectors.joining(","));

        assertThat(PickedLetters.oldestFirst(many)).hasSize(LettersShown.PAGE).endsWith("a.0");
    }
}
