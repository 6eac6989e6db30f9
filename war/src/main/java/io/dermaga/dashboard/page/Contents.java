package io.dermaga.dashboard.page;

import io.dermaga.audit.AuditEntry;
import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditResult;
import io.dermaga.audit.AuditWay;
import io.dermaga.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of pages to contents of messages and dead letters: only for readers with the role, and
 * each look is kept in the audit.
 */
@Named("contents")
@RequestScoped
public class Contents {

    @Inject private AuditLog audit;

    /** Whether the reader may see contents. */
    public boolean isAllowed() {
        return external().isUserInRole(Role.PAYLOAD_READER);
    }

    /**
     * Looks at a content.
     *
     * @param action in the audit, that of the REST interface
     * @return empty if there is none, or the reader may not
     */
    <T> Optional<T> read(String action, @Nullable String id, Supplier<Optional<T>> content) {
        if (!isAllowed()) {
            keep(action, id, AuditResult.REFUSED);
            return Optional.empty();
        }
        AuditResult result = AuditResult.FAILED;
        try {
            Optional<T> found = content.get();
            result = found.isPresent() ? AuditResult.DONE : AuditResult.NOT_DONE;
            return found;
        } finally {
            keep(action, id, result);
        }
    }

    private void keep(String action, @Nullable String id, AuditResult result) {
        HttpServletRequest request = (HttpServletRequest) external().getRequest();
        audit.record(
                new AuditEntry(
                        request.getRemoteUser(),
                        request.getRemoteAddr(),
                        AuditWay.PAGE,
                        action,
                        id,
                        result,
                        null));
    }

    private static ExternalContext external() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }
}
