package io.dermaga.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing: after five failures from a source, each further one doubles the time in
 * which no attempt from there is looked at, from one second up to five minutes. The sources
 * remembered are bounded; the longest untouched one is forgotten first.
 */
@ApplicationScoped
public class LoginThrottle {

    private static final int FREE_FAILURES = 5;
    private static final int SOURCES = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGET = Duration.ofMinutes(30);

    /**
     * What is counted together: an address with a user, so that one who may log in does not clear
     * his guesses at the password of another by that.
     *
     * @param user empty for all names that are nobody's
     */
    public record Source(String address, String user) {}

    /**
     * A source that has failed so often that it has to wait.
     *
     * @param failures of it
     * @param until when the next attempt is looked at
     */
    public record Locked(Source source, int failures, Instant until) {}

    private record Failures(int count, Instant last) {

        Instant blockedUntil() {
            int beyond = count - FREE_FAILURES;
            if (beyond < 0) {
                return Instant.MIN;
            }
            Duration block = Duration.ofSeconds(1L << Math.min(beyond, 9));
            return last.plus(block.compareTo(LONGEST) > 0 ? LONGEST : block);
        }
    }

    private final Clock clock;
    private final Predicate<String> users;
    private final Map<Source, Failures> failures = new LinkedHashMap<>();

    /** For the client proxy. */
    protected LoginThrottle() {
        this(Clock.systemUTC(), name -> false);
    }

    @Inject
    public LoginThrottle(Users users) {
        this(Clock.systemUTC(), name -> users.find(name).isPresent());
    }

    LoginThrottle(Clock clock, Predicate<String> users) {
        this.clock = clock;
        this.users = users;
    }

    /** The source of an attempt. */
    public Source source(String address, String user) {
        return new Source(address, users.test(user) ? user : "");
    }

    /**
     * Somebody tries to log in. Counted as a failure until {@link #succeeded}, so that attempts at
     * the same time are counted before any of them is looked at.
     *
     * @return how long attempts from this source are still refused; zero: this one is looked at
     */
    public synchronized Duration attempt(Source source) {
        Duration blocked = blocked(source);
        if (blocked.isZero()) {
            failed(source);
        }
        return blocked;
    }

    /** How long attempts from this source are still refused; zero when they are not. */
    public synchronized Duration blocked(Source source) {
        Failures known = failures.get(source);
        if (known == null) {
            return Duration.ZERO;
        }
        Instant until = known.blockedUntil();
        Instant now = clock.instant();
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    /** Whether it has failed so often that each further failure makes it wait. */
    public synchronized boolean isLocked(Source source) {
        Failures known = failures.get(source);
        return known != null && known.count() >= FREE_FAILURES;
    }

    /** An attempt from this source has failed. */
    public synchronized void failed(Source source) {
        Instant now = clock.instant();
        @Nullable Failures known = failures.remove(source);
        boolean fresh = known == null || known.last().plus(FORGET).isBefore(now);
        failures.put(source, new Failures(fresh || known == null ? 1 : known.count() + 1, now));
        Iterator<Source> oldest = failures.keySet().iterator();
        while (failures.size() > SOURCES && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    /**
     * The attempt that was counted last is known to have failed: what its source has to wait begins
     * now, however long it took to look at it.
     */
    public synchronized void confirm(Source source) {
        failures.computeIfPresent(
                source, (same, known) -> new Failures(known.count(), clock.instant()));
    }

    /** Somebody from this source has logged in. */
    public synchronized void succeeded(Source source) {
        failures.remove(source);
    }

    /**
     * Those that have to wait now, or had to until just now: the next failure blocks them again.
     */
    public synchronized List<Locked> locked() {
        Instant forgotten = clock.instant().minus(FORGET);
        return failures.entrySet().stream()
                .filter(one -> one.getValue().count() >= FREE_FAILURES)
                .filter(one -> one.getValue().last().isAfter(forgotten))
                .map(
                        one ->
                                new Locked(
                                        one.getKey(),
                                        one.getValue().count(),
                                        one.getValue().blockedUntil()))
                .sorted(Comparator.comparing(Locked::until).reversed())
                .limit(100)
                .toList();
    }

    /** Forgets the failures of a user from everywhere; whether there were any. */
    public synchronized boolean unlock(String user) {
        return failures.keySet().removeIf(source -> source.user().equals(user));
    }
}
