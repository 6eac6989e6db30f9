package io.dermaga.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing: after five failures from an address, each further one doubles the time in
 * which no attempt from there is looked at, from one second up to five minutes. The addresses
 * remembered are bounded; the longest untouched one is forgotten first.
 */
@ApplicationScoped
public class LoginThrottle {

    private static final int FREE_FAILURES = 5;
    private static final int ADDRESSES = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGET = Duration.ofMinutes(30);

    private static final Set<String> USERS = Set.of(AdminAccount.NAME, ViewerAccount.NAME);

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
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    public LoginThrottle() {
        this(Clock.systemUTC());
    }

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is counted together, and is called address here: an address with a user, so that one who
     * may log in does not clear his guesses at the password of another by that. All names that are
     * nobody's are one user.
     */
    public static String key(String address, String user) {
        return USERS.contains(user) ? address + ' ' + user : address;
    }

    /**
     * Somebody tries to log in. Counted as a failure until {@link #succeeded}, so that attempts at
     * the same time are counted before any of them is looked at.
     *
     * @return how long attempts from this address are still refused; zero: this one is looked at
     */
    public synchronized Duration attempt(String address) {
        Duration blocked = blocked(address);
        if (blocked.isZero()) {
            failed(address);
        }
        return blocked;
    }

    /** How long attempts from this address are still refused; zero when they are not. */
    public synchronized Duration blocked(String address) {
        Failures known = failures.get(address);
        if (known == null) {
            return Duration.ZERO;
        }
        Instant until = known.blockedUntil();
        Instant now = clock.instant();
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    /** An attempt from this address has failed. */
    public synchronized void failed(String address) {
        Instant now = clock.instant();
        @Nullable Failures known = failures.remove(address);
        boolean fresh = known == null || known.last().plus(FORGET).isBefore(now);
        failures.put(address, new Failures(fresh || known == null ? 1 : known.count() + 1, now));
        Iterator<String> oldest = failures.keySet().iterator();
        while (failures.size() > ADDRESSES && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Somebody from this address has logged in. */
    public synchronized void succeeded(String address) {
        failures.remove(address);
    }
}
