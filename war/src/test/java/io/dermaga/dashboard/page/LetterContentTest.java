package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LetterContentTest {

    @Test
    void an_edited_letter_shows_its_original_as_well() {
        LetterContent content =
                LetterContent.of(KeptLetters.monitor(1), KeptLetters.letter(1, true));

        assertThat(content.getDelivered()).isNotNull();
        assertThat(content.getDelivered().text()).isEqualTo("edited c.1");
        assertThat(content.getOriginal()).isNotNull();
        assertThat(content.getOriginal().text()).isEqualTo("original c.1");
        assertThat(content.isText()).isTrue();
    }

    @Test
    void one_that_was_not_edited_has_its_content_alone() {
        LetterContent content =
                LetterContent.of(KeptLetters.monitor(1), KeptLetters.letter(1, false));

        assertThat(content.getOriginal()).isNull();
    }

    @Test
    void a_disk_that_fails_is_told_instead_of_the_content() {
        LetterContent content = LetterContent.of(KeptLetters.broken(), KeptLetters.letter(1, true));

        assertThat(content.getDelivered()).isNull();
        assertThat(content.isText()).isFalse();
        assertThat(content.getProblem()).isEqualTo("DMG3210 cannot be read\\x1B");
    }
}
