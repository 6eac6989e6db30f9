package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterGroup;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LetterFilterTest {

    @Test
    void what_is_blank_in_the_address_does_not_matter() {
        LetterFilter blank = new LetterFilter("", " ", null);

        assertThat(blank.filter()).isEqualTo(DeadLetterFilter.ALL);
        assertThat(blank.isNarrow()).isFalse();
    }

    @Test
    void each_field_of_the_address_narrows() {
        assertThat(new LetterFilter("hl7", null, null).isNarrow()).isTrue();
        assertThat(new LetterFilter(null, "DMG3001", null).isNarrow()).isTrue();
        assertThat(new LetterFilter(null, null, "10.0.0.7").isNarrow()).isTrue();
        assertThat(new LetterFilter(" hl7 ", " refused", "10.0. ").filter())
                .isEqualTo(new DeadLetterFilter("hl7", "refused", "10.0.", null, null, null));
    }

    @Test
    void an_action_on_all_leaves_out_what_failed_after_they_were_counted() {
        assertThat(new LetterFilter("hl7", null, null).before(Instant.EPOCH).to())
                .isEqualTo(Instant.EPOCH);
    }

    @Test
    void a_group_is_found_by_its_fault_which_is_cut_where_an_address_would_be_too_long() {
        String wide = "x".repeat(299) + "\uD83D\uDE80" + "x".repeat(5000);

        assertThat(LetterFilter.cause(group("order # is closed"))).isEqualTo("order # is closed");
        assertThat(LetterFilter.cause(group(wide))).isEqualTo("x".repeat(299));
    }

    private static DeadLetterGroup group(String fault) {
        return new DeadLetterGroup(fault, 1, Instant.EPOCH);
    }
}
