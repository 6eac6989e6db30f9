package io.dermaga.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PendingLoginsTest {

    private static final Instant BEGUN = Instant.parse("2026-06-01T08:00:00Z");

    private final PendingLogins logins = new PendingLogins();

    private static PendingLogin login(String state) {
        return new PendingLogin(state, "n", "v", "https://quay.example/callback", false, BEGUN);
    }

    @Test
    void one_is_ended_once_whatever_others_do() {
        logins.add(login("first"));
        logins.add(login("second"));

        assertThat(logins.take("another", BEGUN)).isEmpty();
        assertThat(logins.take("first", BEGUN)).contains(login("first"));
        assertThat(logins.take("first", BEGUN)).isEmpty();
        assertThat(logins.take("second", BEGUN)).isPresent();
    }

    @Test
    void one_that_took_too_long_is_over() {
        logins.add(login("first"));

        assertThat(logins.take("first", BEGUN.plus(Duration.ofMinutes(15)))).isEmpty();
    }

    @Test
    void a_session_has_so_many_and_no_more() {
        for (int i = 0; i < 6; i++) {
            logins.add(login("login " + i));
        }

        assertThat(logins.take("login 0", BEGUN)).isEmpty();
        assertThat(logins.take("login 1", BEGUN)).isPresent();
        assertThat(logins.take("login 5", BEGUN)).isPresent();
    }
}
