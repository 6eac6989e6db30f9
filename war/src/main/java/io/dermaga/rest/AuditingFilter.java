package io.dermaga.rest;

import io.dermaga.audit.AuditEntry;
import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditResult;
import io.dermaga.audit.AuditWay;
import io.dermaga.security.Role;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in the audit what came of each operation that acts or needs more than a viewer, whatever
 * resource it is of.
 */
@Provider
public class AuditingFilter implements ContainerResponseFilter {

    /** The attribute of a request that has the reason that was given for it. */
    static final String REASON = AuditingFilter.class.getName() + ".reason";

    @Inject private AuditLog audit;
    @Context private HttpServletRequest client;

    private static final String DETAIL = AuditingFilter.class.getName() + ".detail";

    /** What is to be kept of the request beside the ids of its path. */
    static void detail(HttpServletRequest request, String text) {
        request.setAttribute(DETAIL, text);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(ActingFilter.OPERATION) instanceof Operation operation
                && operation.isAudited()) {
            String number =
                    response.getEntity() instanceof Problem problem ? problem.number() : null;
            boolean kept =
                    audit.record(
                            new AuditEntry(
                                    Actor.of(request.getSecurityContext()),
                                    client.getRemoteAddr(),
                                    AuditWay.REST,
                                    operation.action(),
                                    target(
                                            request,
                                            response.getLocation(),
                                            client.getAttribute(DETAIL)),
                                    result(response.getStatus()),
                                    number,
                                    client.getAttribute(REASON) instanceof String reason
                                            ? reason
                                            : null));
            if (!kept && operation.role().equals(Role.REVEALER) && response.getStatus() < 400) {
                withhold(response);
            }
        }
    }

    /** Nobody sees what is masked without anybody knowing. */
    private static void withhold(ContainerResponseContext response) {
        if (response.getEntity() instanceof InputStream bytes) {
            try {
                bytes.close();
            } catch (IOException unread) {
                // nobody will read it
            }
        }
        response.getHeaders().remove("Content-Disposition");
        response.setStatusInfo(Response.Status.SERVICE_UNAVAILABLE);
        response.setEntity(
                Problem.of(response.getStatus(), AuditLog.NOTHING_WITHOUT),
                new Annotation[0],
                Problem.MEDIA_TYPE);
    }

    /** The ids of the path, or what was made. */
    private static @Nullable String target(
            ContainerRequestContext request, @Nullable URI made, @Nullable Object detail) {
        if (made != null) {
            return made.getPath().substring(made.getPath().lastIndexOf('/') + 1);
        }
        List<String> ids =
                Stream.concat(
                                request.getUriInfo().getPathParameters().values().stream()
                                        .flatMap(List::stream),
                                Stream.ofNullable(detail).map(Object::toString))
                        .toList();
        return ids.isEmpty() ? null : String.join(", ", ids);
    }

    private static AuditResult result(int status) {
        if (status < 400) {
            return AuditResult.DONE;
        }
        return switch (status) {
            case 401, 403 -> AuditResult.REFUSED;
            default -> status < 500 ? AuditResult.NOT_DONE : AuditResult.FAILED;
        };
    }
}
