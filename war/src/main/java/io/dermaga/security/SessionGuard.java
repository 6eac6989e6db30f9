package io.dermaga.security;

import io.dermaga.audit.AuditEntry;
import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditResult;
import io.dermaga.audit.AuditWay;
import io.dermaga.settings.Configuration;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session may still do: nothing once the user was changed or it is too old, only choose a
 * password while one is due, and only with the role what needs one ({@link GuardedPath}). Machines,
 * which have no session, are not its business.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class SessionGuard extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String PASSWORD_PAGE = "/password.xhtml";

    @Inject private Users users;
    @Inject private AuditLog audit;

    private Duration longest = Duration.ZERO;

    @Override
    public void init() {
        longest = Duration.ofHours(Configuration.ofProcess().sessionHours());
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = path(request);
        if (isUpdateWithoutSession(request, path)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        String name = request.getRemoteUser();
        if (name == null || isOpen(path)) {
            chain.doFilter(request, response);
            return;
        }
        HttpSession session = request.getSession(false);
        Optional<Account> account = account(session, name);
        if (!isValid(session, account)) {
            end(request, response);
        } else if (account.get().passwordDue() && !path.equals(PASSWORD_PAGE)) {
            response.sendRedirect(request.getContextPath() + PASSWORD_PAGE);
        } else {
            guarded(
                    GuardedPath.of(path).orElse(null),
                    new AccountRequest(request, account.get()),
                    response,
                    chain);
        }
    }

    private static String path(HttpServletRequest request) {
        String more = request.getPathInfo();
        return request.getServletPath() + (more == null ? "" : more);
    }

    /**
     * An update of a page whose session has ended is led to the login, which would answer with a
     * whole page to somebody who waits for a part of one. Told this, the page opens itself anew.
     */
    private static boolean isUpdateWithoutSession(HttpServletRequest request, String path) {
        return path.equals("/login.xhtml")
                && request.getMethod().equals("GET")
                && "partial/ajax".equals(request.getHeader("Faces-Request"));
    }

    /** What the login page needs, and machines, whom their own filter lets in. */
    private static boolean isOpen(String path) {
        return path.startsWith("/jakarta.faces.resource/")
                || path.equals("/login.xhtml")
                || path.equals("/oidc/login")
                || path.equals("/oidc/callback")
                || path.equals("/api")
                || path.startsWith("/api/")
                || path.equals("/metrics")
                || path.startsWith("/metrics/");
    }

    private Optional<Account> account(@Nullable HttpSession session, String name) {
        return ProviderUser.isOne(name)
                ? Optional.ofNullable(ProviderUser.of(session, name)).map(ProviderUser::account)
                : users.find(name);
    }

    private boolean isValid(@Nullable HttpSession session, Optional<Account> account) {
        LoginStamp stamp = LoginStamp.of(session);
        return stamp != null
                && account.isPresent()
                && !account.get().disabled()
                && stamp.isOf(account.get(), Clock.systemUTC().instant(), longest);
    }

    /** The push channel of a session ends with it, as it is that of a user. */
    private static void end(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.logout();
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        response.sendRedirect(request.getContextPath() + "/index.xhtml");
    }

    private void guarded(
            @Nullable GuardedPath guarded,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        if (guarded == null) {
            chain.doFilter(request, response);
        } else if (!request.isUserInRole(guarded.role())) {
            keep(guarded, request, AuditResult.REFUSED);
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else if (!request.getMethod().equals("GET")) {
            // what is done by a page is told of by its action
            chain.doFilter(request, response);
        } else {
            AuditResult result = AuditResult.FAILED;
            try {
                chain.doFilter(request, response);
                result = result(response.getStatus());
            } finally {
                keep(guarded, request, result);
            }
        }
    }

    private static AuditResult result(int status) {
        return status < 400
                ? AuditResult.DONE
                : status < 500 ? AuditResult.NOT_DONE : AuditResult.FAILED;
    }

    private void keep(GuardedPath guarded, HttpServletRequest request, AuditResult result) {
        audit.record(
                new AuditEntry(
                        request.getRemoteUser(),
                        request.getRemoteAddr(),
                        AuditWay.PAGE,
                        guarded.action(),
                        request.getParameter("id"),
                        result,
                        null));
    }
}
