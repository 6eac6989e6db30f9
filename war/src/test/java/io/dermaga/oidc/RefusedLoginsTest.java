package io.dermaga.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusedLoginsTest {

    @Test
    void whoever_comes_again_and_again_does_not_push_others_out_of_the_audit() {
        RefusedLogins refusals = new RefusedLogins();
        Instant now = Instant.parse("2026-06-01T08:00:00Z");
        for (int i = 0; i < 30; i++) {
            assertThat(refusals.isKept(now)).isTrue();
        }

        assertThat(refusals.isKept(now.plusSeconds(59))).isFalse();
        assertThat(refusals.isKept(now.plusSeconds(60))).isTrue();
    }
}
