package io.dermaga.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordCheckTest {

    private static final String HERE = "10.0.0.7";

    private final AtomicInteger hashed = new AtomicInteger();
    private String stamp = "s1";
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");

    private final Clock clock =
            new Clock() {
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
            };

    private final LoginThrottle throttle =
            new LoginThrottle(clock, Set.of("admin", "viewer")::contains);
    private final PasswordCheck check =
            new PasswordCheck(throttle, this::hash, name -> stamp, clock);

    private CredentialValidationResult hash(Credential credential) {
        hashed.incrementAndGet();
        return credential instanceof UsernamePasswordCredential given
                        && (given.compareTo("admin", "right") || given.compareTo("viewer", "seen"))
                ? new CredentialValidationResult("admin", Set.of(Role.VIEWER))
                : CredentialValidationResult.INVALID_RESULT;
    }

    @Test
    void a_right_password_is_hashed_once_a_minute() {
        for (int i = 0; i < 100; i++) {
            assertThat(isRight("right")).isTrue();
        }
        assertThat(hashed).hasValue(1);

        now = now.plus(Duration.ofSeconds(61));
        assertThat(isRight("right")).isTrue();
        assertThat(hashed).hasValue(2);
    }

    @Test
    void a_known_password_is_looked_at_again_once_its_user_was_changed() {
        assertThat(isRight("right")).isTrue();
        stamp = "s2";
        assertThat(isRight("right")).isTrue();
        assertThat(isRight("right")).isTrue();

        assertThat(hashed).hasValue(2);
    }

    @Test
    void the_right_password_of_another_user_is_wrong() {
        assertThat(isRight("right")).isTrue();
        assertThat(
                        check.check(HERE, new UsernamePasswordCredential("viewer", "right"))
                                .result()
                                .getStatus())
                .isEqualTo(CredentialValidationResult.Status.INVALID);
    }

    @Test
    void after_five_wrong_ones_not_even_a_known_password_is_looked_at() {
        assertThat(isRight("right")).isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(isRight("wrong")).isFalse();
        }

        PasswordCheck.Answer answer =
                check.check(HERE, new UsernamePasswordCredential("admin", "right"));
        assertThat(answer.retryAfter()).isPositive();
        assertThat(answer.result()).isEqualTo(CredentialValidationResult.INVALID_RESULT);
        assertThat(hashed).hasValue(6);
    }

    @Test
    void a_known_password_does_not_make_guesses_forgotten() {
        assertThat(isRight("right")).isTrue();
        for (int i = 0; i < 4; i++) {
            assertThat(isRight("wrong")).isFalse();
            assertThat(isRight("right")).isTrue();
        }
        assertThat(isRight("wrong")).isFalse();

        assertThat(throttle.blocked(throttle.source(HERE, "admin"))).isPositive();
    }

    @Test
    void who_may_log_in_does_not_clear_his_guesses_at_another_password() {
        for (int i = 0; i < 5; i++) {
            assertThat(isRight("wrong")).isFalse();
            assertThat(
                            check.check(HERE, new UsernamePasswordCredential("viewer", "seen"))
                                    .result()
                                    .getStatus())
                    .isEqualTo(CredentialValidationResult.Status.VALID);
            now = now.plus(Duration.ofSeconds(61)); // it is not known any more
        }
        assertThat(isRight("wrong")).isFalse();
        assertThat(throttle.blocked(throttle.source(HERE, "admin"))).isPositive();
    }

    @Test
    void the_same_password_many_times_at_once_is_one_attempt() throws Exception {
        CountDownLatch hashing = new CountDownLatch(1);
        PasswordCheck slow =
                new PasswordCheck(
                        throttle,
                        credential -> {
                            await(hashing);
                            return hash(credential);
                        },
                        name -> stamp,
                        clock);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<Boolean>> answers =
                    IntStream.range(0, 20)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            slow.check(
                                                                                    HERE,
                                                                                    new UsernamePasswordCredential(
                                                                                            "admin",
                                                                                            "right"))
                                                                            .result()
                                                                            .getStatus()
                                                                    == CredentialValidationResult
                                                                            .Status.VALID))
                            .toList();
            hashing.countDown();
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(hashed).hasValue(1);
    }

    @Test
    void a_store_that_fails_lets_nobody_in_and_nobody_wait() {
        PasswordCheck failing =
                new PasswordCheck(
                        throttle,
                        credential -> {
                            throw new IllegalStateException("away");
                        },
                        name -> stamp,
                        clock);
        UsernamePasswordCredential credential = new UsernamePasswordCredential("admin", "right");

        for (int i = 0; i < 2; i++) {
            assertThatIllegalStateException().isThrownBy(() -> failing.check(HERE, credential));
        }
    }

    private boolean isRight(String password) {
        return check.check(HERE, new UsernamePasswordCredential("admin", password))
                        .result()
                        .getStatus()
                == CredentialValidationResult.Status.VALID;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
