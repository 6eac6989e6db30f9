package io.dermaga.security;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A user.
 *
 * @param name letters, digits and {@code . _ - @}
 * @param roles with that of a viewer, and of a reader for who may reveal
 * @param disabled whether he may not log in
 * @param passwordDue whether he has to change his password before anything else
 * @param configured whether he comes from the configuration and cannot be changed here
 * @param stamp changes with everything that ends his sessions: password, roles, disabling
 */
public record Account(
        String name,
        Set<String> roles,
        boolean disabled,
        boolean passwordDue,
        boolean configured,
        String stamp) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    public Account {
        roles = Collections.unmodifiableSet(new TreeSet<>(roles));
    }

    /**
     * A name as it may be.
     *
     * @throws IllegalArgumentException numbered, if it is another
     */
    static String checkedName(String given) {
        if (!NAME.matcher(given).matches()) {
            throw new IllegalArgumentException(
                    "DMG4603 name of a user: given '%s', allowed: 1 to 64 letters, digits, . _ - @"
                            .formatted(given));
        }
        return given;
    }

    /**
     * Roles as they may be, with that of a viewer, and of a reader for who may reveal.
     *
     * @throws IllegalArgumentException numbered, if one is not known
     */
    static Set<String> checkedRoles(Collection<String> given) {
        if (!Role.ALL.containsAll(given)) {
            throw new IllegalArgumentException(
                    "DMG4604 roles: given '%s', allowed: %s"
                            .formatted(String.join(", ", given), String.join(", ", Role.ALL)));
        }
        Set<String> roles = new TreeSet<>(given);
        roles.add(Role.VIEWER);
        if (roles.contains(Role.REVEALER)) {
            roles.add(Role.PAYLOAD_READER);
        }
        return roles;
    }

    /** Whether he can log in and change users. */
    boolean isActiveAdmin() {
        return !disabled && roles.contains(Role.ADMIN);
    }
}
