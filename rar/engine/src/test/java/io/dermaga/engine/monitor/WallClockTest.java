package io.dermaga.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.engine.monitor.WallClock.Anchor;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class WallClockTest {

    private static final long HELD_UP = 50_000_000;

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

    @Test
    void a_moment_keeps_its_time() {
        long nanos = System.nanoTime();
        Instant at = WallClock.at(nanos);
        for (int i = 0; i < 100_000; i++) {
            assertThat(WallClock.at(nanos)).isEqualTo(at);
        }
        assertThat(WallClock.nanosOf(at)).isEqualTo(nanos);
    }

    /** With threads of more than there are processors it happens all the time. */
    @Test
    void a_look_at_the_clocks_between_which_the_thread_was_held_up_counts_for_nothing() {
        AtomicLong looks = new AtomicLong();
        LongSupplier heldUpTwice =
                () -> {
                    long look = looks.getAndIncrement();
                    return look * 1000 + Math.min(look, 3) * HELD_UP;
                };

        Anchor anchor = Anchor.of(() -> Instant.EPOCH, heldUpTwice);

        assertThat(looks).hasValue(6);
        assertThat(anchor).isEqualTo(new Anchor(Instant.EPOCH, 4500 + 3 * HELD_UP));
        assertThat(Anchor.of(() -> Instant.EPOCH, () -> looks.getAndIncrement() * HELD_UP))
                .isNull();
    }
}
