package io.dermaga.oidc;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the login page tells of a login that did not come about; the log and the audit know more.
 */
public enum Reason {
    /** The identity provider cannot be used now. */
    AWAY,
    /** It took too long, or an answer came twice, or to another browser. */
    EXPIRED,
    /** The provider refused, or what it answered is not to be believed. */
    REFUSED,
    /** The user may do nothing here. */
    NO_ROLE;

    /** Value of the parameter {@code provider} of the login page. */
    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a parameter means; empty if nothing. */
    public static Optional<Reason> of(@Nullable String parameter) {
        return Stream.of(values())
                .filter(one -> one.name().equalsIgnoreCase(parameter))
                .findFirst();
    }
}
