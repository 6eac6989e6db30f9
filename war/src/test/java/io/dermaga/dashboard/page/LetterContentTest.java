package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetterContentTest {

    private KeptLetters kept;

    @BeforeEach
    void keep(@TempDir Path data) throws IOException {
        kept = new KeptLetters(data, 1);
    }

    @AfterEach
    void close() {
        kept.close();
    }

    @Test
    void an_edited_letter_shows_its_original_as_well() {
        kept.edit("c.1", "open");

        LetterContent content = kept.content("c.1");

        assertThat(content.getDelivered()).isNotNull();
        assertThat(content.getDelivered().text()).isEqualTo("open");
        assertThat(content.getOriginal()).isNotNull();
        assertThat(content.getOriginal().text()).isEqualTo("closed");
        assertThat(content.isText()).isTrue();
    }

    @Test
    void what_is_to_be_covered_is_and_nobody_saves_the_stars() {
        kept.edit("c.1", "open");
        LetterContent content = kept.content("c.1", "regex(o(pe)n|cl(ose)d)");

        assertThat(content.getDelivered()).isNotNull();
        assertThat(content.getDelivered().text()).isEqualTo("o**n");
        assertThat(content.getOriginal()).isNotNull();
        assertThat(content.getOriginal().text()).isEqualTo("cl***d");
        assertThat(content.isText()).isFalse();
        assertThat(content.isMasked()).isTrue();
        assertThat(content.isSame(kept.content("c.1"))).isTrue();
    }

    @Test
    void only_what_is_covered_in_one_of_both_can_be_revealed() {
        assertThat(kept.content("c.1").isMasked()).isFalse();
        assertThat(kept.content("c.1", "regex(open)").isMasked()).isFalse();
        kept.edit("c.1", "open");
        assertThat(kept.content("c.1", "regex(closed)").isMasked()).isTrue();
        assertThat(kept.content("c.1", "regex(nothing)").isMasked()).isFalse();
    }

    @Test
    void one_that_was_not_edited_has_its_content_alone() {
        assertThat(kept.content("c.1").getOriginal()).isNull();
    }

    @Test
    void what_somebody_has_edited_since_is_not_the_same() {
        LetterContent before = kept.content("c.1");
        assertThat(before.isSame(kept.content("c.1"))).isTrue();

        kept.edit("c.1", "open");
        LetterContent open = kept.content("c.1");
        kept.edit("c.1", "open again");

        assertThat(before.isSame(open)).isFalse();
        assertThat(open.isSame(kept.content("c.1"))).isFalse();
    }

    @Test
    void a_disk_that_fails_is_told_instead_of_the_content() throws IOException {
        kept.lose("c.1");

        LetterContent content = kept.content("c.1");

        assertThat(content.getDelivered()).isNull();
        assertThat(content.isText()).isFalse();
        assertThat(content.getProblem())
                .startsWith("DMG3210 content of dead letter 'c.1' cannot be read: ");
    }
}
