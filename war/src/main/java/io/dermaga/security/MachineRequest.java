package io.dermaga.security;

import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/** A request with the user whose password it has brought, and no other. */
final class MachineRequest extends HttpServletRequestWrapper {

    private final CredentialValidationResult user;

    MachineRequest(HttpServletRequest request, CredentialValidationResult user) {
        super(request);
        this.user = user;
    }

    @Override
    public Principal getUserPrincipal() {
        return user.getCallerPrincipal();
    }

    @Override
    public String getRemoteUser() {
        return user.getCallerPrincipal().getName();
    }

    /** Roles have the names of the groups. */
    @Override
    public boolean isUserInRole(String role) {
        return user.getCallerGroups().contains(role);
    }

    @Override
    public String getAuthType() {
        return BASIC_AUTH;
    }
}
