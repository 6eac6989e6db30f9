package io.dermaga.rest;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Who acts. */
final class Actor {

    private Actor() {}

    /** The user's name, as events tell it. */
    static String of(SecurityContext security) {
        Principal user = security.getUserPrincipal();
        return user == null ? "?" : user.getName();
    }
}
