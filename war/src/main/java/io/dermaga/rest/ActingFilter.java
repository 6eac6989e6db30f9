package io.dermaga.rest;

import io.dermaga.security.Role;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever acts must be an operator, and must not be led by a page of somebody else: a browser sends
 * a password that it knows with every request, whoever has caused it.
 */
@Provider
@PreMatching
public class ActingFilter implements ContainerRequestFilter {

    private static final Set<String> READING =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Override
    public void filter(ContainerRequestContext request) {
        boolean reads = READING.contains(request.getMethod());
        String role = reads ? Role.VIEWER : Role.OPERATOR;
        if (!request.getSecurityContext().isUserInRole(role)) {
            throw Refused.of(Status.FORBIDDEN, "DMG4303 the user needs role '" + role + "'");
        }
        if (reads) {
            return;
        }
        if (isOfAnotherSite(
                request.getHeaderString("Sec-Fetch-Site"),
                request.getHeaderString("Origin"),
                request.getHeaderString(HttpHeaders.HOST))) {
            throw Refused.of(Status.FORBIDDEN, "DMG4321 the request comes from another site");
        }
    }

    /** Clients that are no browser send neither of the first two. */
    static boolean isOfAnotherSite(
            @Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
        if (fetchSite != null) {
            return !fetchSite.equals("same-origin") && !fetchSite.equals("none");
        }
        return origin != null && (host == null || !host.equalsIgnoreCase(authority(origin)));
    }

    /** Null if it has none: {@code Origin: null} has not. */
    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException noOrigin) {
            return null;
        }
    }
}
