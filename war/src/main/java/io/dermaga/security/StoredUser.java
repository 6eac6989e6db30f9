package io.dermaga.security;

import java.util.Set;

/**
 * A user as he is kept.
 *
 * @param hash of his password, PBKDF2
 */
record StoredUser(Account account, String hash) {

    StoredUser withPassword(String newHash, boolean due) {
        return with(account.roles(), account.disabled(), due, newHash);
    }

    StoredUser with(Set<String> roles, boolean disabled) {
        return with(roles, disabled, account.passwordDue(), hash);
    }

    private StoredUser with(Set<String> roles, boolean disabled, boolean due, String newHash) {
        return of(account.name(), roles, disabled, due, newHash);
    }

    /** With a new stamp. */
    static StoredUser of(
            String name, Set<String> roles, boolean disabled, boolean due, String hash) {
        return new StoredUser(
                new Account(name, roles, disabled, due, false, PasswordGenerator.generate()), hash);
    }
}
