package io.dermaga.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Whoever asks must have the role for it ({@link Needs}), and who acts must not be led by a page of
 * somebody else: a browser sends a password that it knows with every request, whoever has caused
 * it.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class ActingFilter implements ContainerRequestFilter {

    /** The property of a request that has its {@link Operation}. */
    static final String OPERATION = Operation.class.getName();

    @Context private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Operation operation =
                Operation.of(
                        resource.getResourceMethod(),
                        request.getMethod(),
                        request.getUriInfo().getQueryParameters().keySet());
        request.setProperty(OPERATION, operation);
        if (!request.getSecurityContext().isUserInRole(operation.role())) {
            throw Refused.of(
                    Status.FORBIDDEN, "DMG4303 the user needs role '" + operation.role() + "'");
        }
        if (operation.acts()
                && isOfAnotherSite(
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
