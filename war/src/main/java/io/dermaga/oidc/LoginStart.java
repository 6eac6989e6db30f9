package io.dermaga.oidc;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sends a browser to the identity provider: {@code /oidc/login}, with {@code continue=true} if the
 * login has interrupted the way to a page. A link leads here, no form: the policy of the pages lets
 * forms go to this host only, redirects included.
 */
@WebServlet("/oidc/login")
public class LoginStart extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject private IdentityProvider provider;
    @Inject private RefusedLogins refusals;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean continued = Boolean.parseBoolean(request.getParameter("continue"));
        try {
            CodeFlow.Begun begun = provider.begin(request, continued);
            PendingLogins.add(request.getSession(), begun.login());
            response.sendRedirect(begun.provider().toString());
        } catch (LoginRefused refused) {
            refusals.tell(refused, continued, request, response);
        }
    }
}
