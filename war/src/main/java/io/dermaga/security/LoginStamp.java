package io.dermaga.security;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a session knows of the login with which it began: it is over when the user's stamp has
 * changed since, or when it is too old.
 */
public record LoginStamp(String stamp, Instant at) implements Serializable {

    private static final String NAME = LoginStamp.class.getName();

    /** The user of the session has just proved who he is. */
    public static void put(HttpSession session, Account account) {
        session.setAttribute(NAME, new LoginStamp(account.stamp(), Clock.systemUTC().instant()));
    }

    static @Nullable LoginStamp of(@Nullable HttpSession session) {
        return session != null && session.getAttribute(NAME) instanceof LoginStamp stamp
                ? stamp
                : null;
    }

    boolean isOf(Account account, Instant now, Duration longest) {
        return stamp.equals(account.stamp()) && now.isBefore(at.plus(longest));
    }
}
