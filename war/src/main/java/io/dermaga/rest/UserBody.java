package io.dermaga.rest;

import io.dermaga.security.Account;
import java.util.List;

/**
 * A user as he is told.
 *
 * @param passwordDue whether he has to change his password before anything else
 * @param configured whether he comes from the configuration and cannot be changed here
 */
public record UserBody(
        String name,
        List<String> roles,
        boolean disabled,
        boolean passwordDue,
        boolean configured) {

    static UserBody of(Account account) {
        return new UserBody(
                account.name(),
                List.copyOf(account.roles()),
                account.disabled(),
                account.passwordDue(),
                account.configured());
    }
}
