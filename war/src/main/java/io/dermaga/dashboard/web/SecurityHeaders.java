package io.dermaga.dashboard.web;

import io.dermaga.settings.Configuration;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Set;

/**
 * Headers with which a browser protects the pages. An answer may load and run nothing, unless it is
 * a page: that one's content security policy comes from PrimeFaces, with the page's nonce (web.xml,
 * {@code primefaces.CSP_POLICY}). Methods that neither pages nor downloads have are refused.
 *
 * <p>Mapped in web.xml, before all other filters: those that annotations map have no order, and
 * what one of them refuses needs the headers as well.
 */
public class SecurityHeaders extends HttpFilter {

    private static final String POLICY = "Content-Security-Policy";

    private static final String NOTHING =
            "default-src 'none'; object-src 'none'; style-src 'self'; font-src 'self';"
                    + " img-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private boolean httpsOnly;

    @Override
    public void init() {
        httpsOnly = Configuration.ofProcess().isHttpsOnly();
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (httpsOnly || request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader(POLICY, NOTHING);
        if (!request.getRequestURI().contains("/jakarta.faces.resource/")) {
            response.setHeader("Cache-Control", "no-store");
        }
        if (isAnswered(request)) {
            chain.doFilter(request, new OnePolicy(response));
        } else {
            response.setHeader("Allow", "GET, HEAD, POST");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    /** REST says itself which methods it has; an error is told whatever was asked. */
    private static boolean isAnswered(HttpServletRequest request) {
        return METHODS.contains(request.getMethod())
                || request.getServletPath().equals("/api")
                || request.getDispatcherType() == DispatcherType.ERROR;
    }

    /** The policy of a page takes the place of that of other answers: of two, both would hold. */
    private static final class OnePolicy extends HttpServletResponseWrapper {

        OnePolicy(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addHeader(String name, String value) {
            if (POLICY.equalsIgnoreCase(name)) {
                setHeader(name, value);
            } else {
                super.addHeader(name, value);
            }
        }
    }
}
