package io.dermaga.oidc;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The logins that a session has begun, in several tabs perhaps: only the browser that began one can
 * end it, and once.
 */
final class PendingLogins implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String NAME = PendingLogins.class.getName();

    /** More are forgotten, the oldest first. */
    private static final int MOST = 5;

    private final Deque<PendingLogin> logins = new ArrayDeque<>();

    /** Remembers one in this session. */
    static void add(HttpSession session, PendingLogin login) {
        synchronized (PendingLogins.class) {
            PendingLogins all =
                    session.getAttribute(NAME) instanceof PendingLogins some
                            ? some
                            : new PendingLogins();
            all.add(login);
            session.setAttribute(NAME, all);
        }
    }

    /** Takes the one of this state out of the session; empty if there is none, or it is too old. */
    static Optional<PendingLogin> take(
            @Nullable HttpSession session, @Nullable String state, Instant now) {
        if (session == null || state == null) {
            return Optional.empty();
        }
        synchronized (PendingLogins.class) {
            if (!(session.getAttribute(NAME) instanceof PendingLogins all)) {
                return Optional.empty();
            }
            Optional<PendingLogin> found = all.take(state, now);
            session.setAttribute(NAME, all);
            return found;
        }
    }

    /** Forgets all: the session has a user now. */
    static void clear(HttpSession session) {
        session.removeAttribute(NAME);
    }

    void add(PendingLogin login) {
        logins.addLast(login);
        if (logins.size() > MOST) {
            logins.removeFirst();
        }
    }

    Optional<PendingLogin> take(String state, Instant now) {
        for (Iterator<PendingLogin> all = logins.iterator(); all.hasNext(); ) {
            PendingLogin one = all.next();
            if (MessageDigest.isEqual(bytes(one.state()), bytes(state))) {
                all.remove();
                return one.isOver(now) ? Optional.empty() : Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
