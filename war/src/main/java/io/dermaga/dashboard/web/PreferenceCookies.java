package io.dermaga.dashboard.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes {@code ?language=en|de} and {@code ?theme=auto|light|dark} off any page's address, keeps
 * them in cookies, and goes on to the page without them.
 */
@WebFilter("*.xhtml")
public class PreferenceCookies extends HttpFilter {

    /** Allowed values by parameter; the cookie's name is {@code dermaga-} and the parameter. */
    private static final Map<String, Set<String>> PREFERENCES =
            Map.of(
                    "language", Set.of("en", "de"),
                    "theme", Set.of("auto", "light", "dark"));

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean asked =
                "GET".equals(request.getMethod())
                        && PREFERENCES.keySet().stream()
                                .anyMatch(name -> request.getParameter(name) != null);
        if (!asked) {
            chain.doFilter(request, response);
            return;
        }
        PREFERENCES.forEach(
                (name, allowed) -> {
                    String value = request.getParameter(name);
                    if (value != null && allowed.contains(value)) {
                        response.addCookie(cookie(request, "dermaga-" + name, value));
                    }
                });
        // never the URI as it was sent: it may name another host
        response.sendRedirect(
                request.getContextPath() + request.getServletPath() + remainingQuery(request));
    }

    private static Cookie cookie(HttpServletRequest request, String name, String value) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath(request.getContextPath().isEmpty() ? "/" : request.getContextPath());
        cookie.setMaxAge((int) Duration.ofDays(365).toSeconds());
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }

    private static String remainingQuery(HttpServletRequest request) {
        String query =
                request.getParameterMap().entrySet().stream()
                        .filter(parameter -> !PREFERENCES.containsKey(parameter.getKey()))
                        .flatMap(
                                parameter ->
                                        Stream.of(parameter.getValue())
                                                .map(value -> pair(parameter.getKey(), value)))
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : '?' + query;
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                + '='
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
