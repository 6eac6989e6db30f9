package io.dermaga.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoginStampTest {

    private static final Instant LOGIN = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(12);

    private static Account ann(String stamp) {
        return new Account("ann", Set.of(Role.VIEWER), false, false, false, stamp);
    }

    @Test
    void a_session_is_over_when_its_user_was_changed() {
        LoginStamp stamp = new LoginStamp("s1", LOGIN);

        assertThat(stamp.isOf(ann("s1"), LOGIN, LONGEST)).isTrue();
        assertThat(stamp.isOf(ann("s2"), LOGIN, LONGEST)).isFalse();
    }

    @Test
    void a_session_is_over_when_it_is_too_old_however_much_it_was_used() {
        LoginStamp stamp = new LoginStamp("s1", LOGIN);

        assertThat(stamp.isOf(ann("s1"), LOGIN.plus(LONGEST).minusMillis(1), LONGEST)).isTrue();
        assertThat(stamp.isOf(ann("s1"), LOGIN.plus(LONGEST), LONGEST)).isFalse();
    }

    @Test
    void a_session_without_a_login_is_none() {
        assertThat(LoginStamp.of(null)).isNull();
    }
}
