package io.dermaga.oidc;

import io.dermaga.audit.AuditLog;
import io.dermaga.security.LoginAudit;
import io.dermaga.security.ProviderUser;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where browsers come back to from the identity provider: {@code /oidc/callback}. Goes on to the
 * page that was asked for, which the container has remembered, or to the overview; no address comes
 * from a parameter.
 */
@WebServlet("/oidc/callback")
public class LoginCallback extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject private IdentityProvider provider;
    @Inject private SecurityContext security;
    @Inject private RefusedLogins refusals;
    @Inject private AuditLog audit;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean continued = false;
        try {
            PendingLogin login =
                    PendingLogins.take(
                                    request.getSession(false),
                                    request.getParameter("state"),
                                    Clock.systemUTC().instant())
                            .orElseThrow(LoginRefused::notBegun);
            continued = login.continued();
            logIn(provider.end(login, answer(request)), continued, request, response);
        } catch (LoginRefused refused) {
            refusals.tell(refused, continued, request, response);
        }
    }

    private static Map<String, List<String>> answer(HttpServletRequest request) {
        Map<String, List<String>> answer = new HashMap<>();
        request.getParameterMap()
                .forEach((name, values) -> answer.put(name, Arrays.asList(values)));
        return answer;
    }

    private void logIn(
            ProviderUser user,
            boolean continued,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        HttpSession session = request.getSession();
        // a session id that somebody planted before the login is worth nothing after it
        request.changeSessionId();
        PendingLogins.clear(session);
        AuthenticationStatus status =
                security.authenticate(
                        request,
                        response,
                        AuthenticationParameters.withParams()
                                .credential(new ProviderCredential(user))
                                .newAuthentication(!continued));
        switch (status) {
            case SUCCESS, SEND_CONTINUE -> {
                user.put(request.getSession());
                LoginAudit.succeeded(audit, request, user);
                if (status == AuthenticationStatus.SUCCESS) {
                    response.sendRedirect(request.getContextPath() + "/index.xhtml");
                }
            }
            default -> throw new IllegalStateException("the container has refused " + user.name());
        }
    }
}
