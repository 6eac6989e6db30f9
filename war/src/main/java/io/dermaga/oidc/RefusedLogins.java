package io.dermaga.oidc;

import io.dermaga.audit.AuditEntry;
import io.dermaga.audit.AuditLog;
import io.dermaga.security.LoginAudit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps refused logins in the audit and the log, and tells the browser no more than it needs. Of
 * unknown ones, whom everybody can make, so many are kept in a minute and no more.
 */
@ApplicationScoped
class RefusedLogins {

    private static final System.Logger LOG = System.getLogger(RefusedLogins.class.getName());

    private static final int UNKNOWN_KEPT = 30;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    @Inject private AuditLog audit;

    private Instant windowEnds = Instant.MIN;
    private int unknownKept;

    /** Sends the browser to the login page with the reason. */
    void tell(
            LoginRefused refused,
            boolean continued,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String sentence = refused.getMessage();
        if (refused.user() != null || isKept(Clock.systemUTC().instant())) {
            LoginAudit.refused(audit, request, refused.user(), AuditEntry.numberOf(sentence));
            LOG.log(System.Logger.Level.WARNING, sentence + ", from " + request.getRemoteAddr());
        }
        response.sendRedirect(
                request.getContextPath()
                        + "/login.xhtml?provider="
                        + refused.reason().parameter()
                        + (continued ? "&continue=true" : ""));
    }

    /** Whether one more of an unknown user is kept now. */
    synchronized boolean isKept(Instant now) {
        if (!now.isBefore(windowEnds)) {
            windowEnds = now.plus(WINDOW);
            unknownKept = 0;
        }
        unknownKept++;
        return unknownKept <= UNKNOWN_KEPT;
    }
}
