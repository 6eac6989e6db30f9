package io.dermaga.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WallClockTest {

    @Test
    void moments_keep_their_order() {
        for (int i = 0; i < 10_000; i++) {
            long first = System.nanoTime();
            Instant at = WallClock.at(first);
            assertThat(WallClock.at(first + 1)).isAfter(at);
        }
    }

    @Test
    void the_moment_now_is_now() {
        assertThat(WallClock.at(System.nanoTime()))
                .isBetween(
                        Instant.now().minus(Duration.ofSeconds(10)),
                        Instant.now().plus(Duration.ofSeconds(10)));
    }
}
