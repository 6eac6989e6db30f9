package io.dermaga.oidc;

import io.dermaga.audit.AuditEntry;
import io.dermaga.audit.AuditLog;
import io.dermaga.security.LoginAudit;
import io.dermaga.security.LoginThrottle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps refused logins in the audit and the log, and tells the browser no more than it needs.
 * Whoever is unknown and comes again and again is kept as rarely as he may guess passwords.
 */
@ApplicationScoped
class RefusedLogins {

    private static final System.Logger LOG = System.getLogger(RefusedLogins.class.getName());

    @Inject private AuditLog audit;
    @Inject private LoginThrottle throttle;

    /** Sends the browser to the login page with the reason. */
    void tell(
            LoginRefused refused,
            boolean continued,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String sentence = refused.getMessage();
        if (LoginAudit.refused(
                audit, throttle, request, refused.user(), AuditEntry.numberOf(sentence))) {
            LOG.log(System.Logger.Level.WARNING, sentence + ", from " + request.getRemoteAddr());
        }
        response.sendRedirect(
                request.getContextPath()
                        + "/login.xhtml?provider="
                        + refused.reason().parameter()
                        + (continued ? "&continue=true" : ""));
    }
}
