package io.dermaga.dashboard.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Lets only pages of this host open the push channel: a browser lets any page open a WebSocket to
 * anywhere. Behind a proxy that changes the header {@code Host}, pages poll instead.
 */
@WebFilter(urlPatterns = "/jakarta.faces.push/*", asyncSupported = true)
public class PushOrigin extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        if (origin == null || isOf(request.getHeader("Host"), origin)) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static boolean isOf(@Nullable String host, String origin) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
    }
}
