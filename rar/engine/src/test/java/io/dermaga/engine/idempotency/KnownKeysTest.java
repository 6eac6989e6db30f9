package io.dermaga.engine.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.Reply;
import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.IdempotencyKey;
import io.dermaga.engine.settings.IdempotencySettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a key is known, and how much room keys have. */
class KnownKeysTest {

    private static final long CAPACITY = 64 * 1024;

    /** A clock that overflows soon, as {@link System#nanoTime()} may. */
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    private final KnownKeys keys =
            new KnownKeys(
                    new IdempotencySettings(
                            IdempotencyKey.parse("bytes(0,1)"),
                            Duration.ofMinutes(1),
                            new DataSize(CAPACITY)),
                    StandardCharsets.UTF_8,
                    () -> nanos);

    private static PayloadKey key(String text) {
        return PayloadKey.of(text);
    }

    private Claim claim(String text) {
        return keys.claim(key(text));
    }

    private void deliver(String text, Reply... replies) {
        assertThat(claim(text)).isEqualTo(Claim.Unknown.GRANTED);
        keys.delivered(key(text), List.of(replies));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void it_is_granted_once_until_it_is_given_back() {
        assertThat(claim("a")).isEqualTo(Claim.Unknown.GRANTED);
        assertThat(claim("a")).isEqualTo(Claim.Unknown.IN_DELIVERY);
        assertThat(claim("b")).isEqualTo(Claim.Unknown.GRANTED);
        keys.giveBack(key("a"));
        assertThat(claim("a")).isEqualTo(Claim.Unknown.GRANTED);
    }

    @Test
    void it_is_known_for_the_whole_window_from_its_delivery_and_no_longer() {
        assertThat(claim("a")).isEqualTo(Claim.Unknown.GRANTED);
        pass(Duration.ofHours(1)); // in delivery
        assertThat(claim("a")).isEqualTo(Claim.Unknown.IN_DELIVERY);
        keys.delivered(key("a"), List.of());
        pass(Duration.ofSeconds(30));
        deliver("b");
        pass(Duration.ofSeconds(30).minusNanos(1));
        assertThat(claim("a")).isEqualTo(new Claim.Repeated(List.of()));
        pass(Duration.ofNanos(1));
        assertThat(claim("b")).isEqualTo(new Claim.Repeated(List.of()));
        assertThat(claim("a")).isEqualTo(Claim.Unknown.GRANTED);
        pass(Duration.ofSeconds(30));
        assertThat(claim("b")).isEqualTo(Claim.Unknown.GRANTED);
    }

    @Test
    void the_oldest_is_forgotten_where_there_is_no_room_and_not_what_was_asked_for_last() {
        int room = (int) (CAPACITY / (KnownKeys.KEY_BYTES + 4));
        for (int i = 0; i < room; i++) {
            deliver("%04d".formatted(i));
        }
        assertThat(claim("0000")).isInstanceOf(Claim.Repeated.class);
        deliver("last");
        assertThat(claim("0001")).isInstanceOf(Claim.Repeated.class);
        assertThat(claim("last")).isInstanceOf(Claim.Repeated.class);
        assertThat(claim("0000")).isEqualTo(Claim.Unknown.GRANTED);
    }

    @Test
    void what_is_in_delivery_is_not_forgotten() {
        assertThat(claim("slow")).isEqualTo(Claim.Unknown.GRANTED);
        for (int i = 0; i < 1000; i++) {
            deliver("%04d".formatted(i));
        }
        assertThat(claim("slow")).isEqualTo(Claim.Unknown.IN_DELIVERY);
    }

    @Test
    void replies_take_room() {
        Reply large = Reply.of("x".repeat(4096));
        for (int i = 0; i < 15; i++) {
            deliver("%04d".formatted(i), large);
        }
        assertThat(claim("0000")).isEqualTo(new Claim.Repeated(List.of(large)));
        deliver("last", large);
        assertThat(claim("0000")).isEqualTo(Claim.Unknown.GRANTED);
        assertThat(claim("0001")).isEqualTo(new Claim.Repeated(List.of(large)));
    }

    @Test
    void replies_of_more_than_4_kib_together_are_not_kept() {
        Reply half = Reply.of("é".repeat(1024));
        deliver("a", half, half);
        deliver("b", half, half, Reply.of("x"));
        assertThat(claim("a")).isEqualTo(new Claim.Repeated(List.of(half, half)));
        assertThat(claim("b")).isEqualTo(new Claim.Repeated(List.of()));
    }
}
