package io.dermaga.dashboard.web;

import io.dermaga.settings.Configuration;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Headers with which a browser protects the pages. The content security policy of a page comes from
 * PrimeFaces, with the page's nonce (web.xml, {@code primefaces.CSP_POLICY}).
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class SecurityHeaders extends HttpFilter {

    private static final String NOTHING =
            "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

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
        boolean resource = request.getRequestURI().contains("/jakarta.faces.resource/");
        if (!resource) {
            response.setHeader("Cache-Control", "no-store");
        }
        if (resource || isNoPage(request.getServletPath())) {
            response.setHeader("Content-Security-Policy", NOTHING);
        }
        chain.doFilter(request, response);
    }

    private static boolean isNoPage(String path) {
        return path.equals("/api")
                || path.equals("/content")
                || path.equals(AuditExport.PATH)
                || path.equals(DeadLetterDownload.CONTENT)
                || path.equals(DeadLetterDownload.ORIGINAL);
    }
}
