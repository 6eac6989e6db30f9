package io.dermaga.oidc;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * A login that was begun and not ended yet.
 *
 * @param state comes back with the answer
 * @param nonce comes back in the ID token
 * @param verifier of PKCE, which only the provider is told, with the code
 * @param callback where the answer is to come
 * @param continued whether the login interrupted the way to a page
 */
record PendingLogin(
        String state,
        String nonce,
        String verifier,
        String callback,
        boolean continued,
        Instant begun)
        implements Serializable {

    /** As long as somebody may need for a password and a second factor. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    boolean isOver(Instant now) {
        return !now.isBefore(begun.plus(LONGEST));
    }

    /** Without what nobody else is to know. */
    @Override
    public String toString() {
        return "PendingLogin[" + begun + "]";
    }
}
