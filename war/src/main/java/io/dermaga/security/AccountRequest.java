package io.dermaga.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request of a session with the roles of its user. The container has them as well, but Payara
 * loses them now and then where several requests come at the same time (payara/Payara#6145).
 */
final class AccountRequest extends HttpServletRequestWrapper {

    private final Account account;

    AccountRequest(HttpServletRequest request, Account account) {
        super(request);
        this.account = account;
    }

    @Override
    public boolean isUserInRole(String role) {
        return account.roles().contains(role);
    }
}
