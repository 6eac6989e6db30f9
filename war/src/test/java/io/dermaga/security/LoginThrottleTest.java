package io.dermaga.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private final MovingClock clock = new MovingClock();
    private final LoginThrottle throttle = new LoginThrottle(clock, "ann"::equals);

    private static LoginThrottle.Source source(String address) {
        return new LoginThrottle.Source(address, "");
    }

    @Test
    void four_failures_are_free_and_the_fifth_blocks() {
        fail(4);
        assertThat(throttle.blocked(source("a"))).isZero();
        fail(1);
        assertThat(throttle.blocked(source("a"))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void the_block_doubles_up_to_five_minutes() {
        fail(7);
        assertThat(throttle.blocked(source("a"))).isEqualTo(Duration.ofSeconds(4));
        fail(1000);
        assertThat(throttle.blocked(source("a"))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void the_block_ends_by_itself() {
        fail(5);
        clock.now = clock.now.plusSeconds(1);
        assertThat(throttle.blocked(source("a"))).isZero();
    }

    @Test
    void the_block_begins_when_the_failure_is_known() {
        fail(5);
        clock.now = clock.now.plusSeconds(3);
        throttle.confirm(source("a"));
        assertThat(throttle.blocked(source("a"))).isEqualTo(Duration.ofSeconds(1));
        throttle.confirm(source("b"));
        assertThat(throttle.blocked(source("b"))).isZero();
    }

    @Test
    void another_address_is_not_blocked() {
        fail(20);
        assertThat(throttle.blocked(source("b"))).isZero();
    }

    @Test
    void a_login_forgives() {
        fail(9);
        throttle.succeeded(source("a"));
        fail(1);
        assertThat(throttle.blocked(source("a"))).isZero();
    }

    @Test
    void half_an_hour_of_peace_forgives() {
        fail(20);
        clock.now = clock.now.plus(Duration.ofMinutes(31));
        fail(1);
        assertThat(throttle.blocked(source("a"))).isZero();
    }

    @Test
    void a_user_is_counted_alone_and_all_names_that_are_nobodys_together() {
        assertThat(throttle.source("a", "ann")).isNotEqualTo(throttle.source("a", "ben"));
        assertThat(throttle.source("a", "ben")).isEqualTo(throttle.source("a", "cid"));
    }

    @Test
    void who_is_blocked_is_listed_until_he_is_unlocked() {
        LoginThrottle.Source ann = throttle.source("10.0.0.7", "ann");
        for (int i = 0; i < 6; i++) {
            throttle.failed(ann);
        }
        throttle.failed(source("b"));

        assertThat(throttle.locked())
                .containsExactly(
                        new LoginThrottle.Locked(ann, 6, clock.now.plus(Duration.ofSeconds(2))));
        assertThat(throttle.unlock("ann")).isTrue();
        assertThat(throttle.blocked(ann)).isZero();
        assertThat(throttle.locked()).isEmpty();
        assertThat(throttle.unlock("ann")).isFalse();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(source("a"));
        }
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
