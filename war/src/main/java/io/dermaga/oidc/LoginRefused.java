package io.dermaga.oidc;

import org.jspecify.annotations.Nullable;

/** Somebody is not let in by way of the identity provider. */
final class LoginRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable String user;

    private LoginRefused(
            Reason reason, @Nullable String user, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
        this.user = user;
    }

    static LoginRefused away(String issuer, String why, @Nullable Throwable cause) {
        return new LoginRefused(
                Reason.AWAY,
                null,
                "DMG4632 identity provider %s cannot be used: %s".formatted(issuer, why),
                cause);
    }

    static LoginRefused notBegun() {
        return new LoginRefused(
                Reason.EXPIRED,
                null,
                "DMG4633 an answer of an identity provider belongs to no login that this session has"
                        + " begun and not ended yet",
                null);
    }

    static LoginRefused byProvider(String why) {
        return new LoginRefused(
                Reason.REFUSED, null, "DMG4634 the identity provider refused: " + why, null);
    }

    static LoginRefused token(String why, @Nullable Throwable cause) {
        return new LoginRefused(
                Reason.REFUSED,
                null,
                "DMG4635 an answer of the identity provider is not to be believed: " + why,
                cause);
    }

    static LoginRefused claim(String name, String why) {
        return new LoginRefused(
                Reason.REFUSED,
                null,
                "DMG4636 claim '%s' of the ID token: %s".formatted(name, why),
                null);
    }

    static LoginRefused noRole(String user, String given) {
        return new LoginRefused(
                Reason.NO_ROLE,
                user,
                "DMG4637 user '%s' has no role here: the identity provider gave %s"
                        .formatted(user, given),
                null);
    }

    Reason reason() {
        return reason;
    }

    /** Who it is; null if nobody knows. */
    @Nullable String user() {
        return user;
    }
}
