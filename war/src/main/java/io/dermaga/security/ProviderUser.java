package io.dermaga.security;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user whom an identity provider has sent. Nothing of him is kept but in his session: what he may
 * do is what the provider has said when he logged in.
 *
 * @param name begins with {@link #PREFIX}, which no user of the dashboard's own has
 * @param subject of the provider, which never gives it to another
 * @param roles with that of a viewer, and of a reader for who may reveal
 * @param idToken as it came, with which he is logged out there
 */
public record ProviderUser(String name, String subject, Set<String> roles, String idToken)
        implements Serializable {

    /** Own users have no colon in their names, so that nobody of a provider is taken for one. */
    public static final String PREFIX = "oidc:";

    private static final String ATTRIBUTE = ProviderUser.class.getName();

    /** Other at each start: a session that a server has kept over a restart is over. */
    private static final String STAMP = PasswordGenerator.generate();

    public ProviderUser {
        roles = Set.copyOf(Account.checkedRoles(roles));
    }

    /** The session is that of this user now; {@link LoginStamp} tells since when. */
    public void put(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
        LoginStamp.put(session, account());
    }

    /** The session is that of somebody else. */
    public static void remove(HttpSession session) {
        session.removeAttribute(ATTRIBUTE);
    }

    /** Who has come from a provider into this session under this name; null if nobody has. */
    public static @Nullable ProviderUser of(@Nullable HttpSession session, @Nullable String name) {
        return session != null
                        && session.getAttribute(ATTRIBUTE) instanceof ProviderUser user
                        && user.name().equals(name)
                ? user
                : null;
    }

    /** Whether a user of this name comes from a provider. */
    public static boolean isOne(@Nullable String name) {
        return name != null && name.startsWith(PREFIX);
    }

    /** Whom the push channel of a session is for: all who come from a provider share one. */
    public static @Nullable String channel(@Nullable String name) {
        return isOne(name) ? PREFIX : name;
    }

    Account account() {
        return new Account(name, roles, false, false, false, STAMP);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return name + " (" + subject + ") " + roles;
    }
}
