package io.dermaga.security;

import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditWay;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * HTTP Basic (RFC 7617) for the REST interface and the metrics, which web.xml leaves to it: each
 * request brings name and password. No session is made, and the user of one is not the user here,
 * so that a cookie opens nothing.
 */
@WebFilter(
        urlPatterns = {"/api/*", "/metrics/*"},
        asyncSupported = true)
public class MachineLogin extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(MachineLogin.class.getName());
    private static final int TOO_MANY_REQUESTS = 429;

    /** Where a user whose password is due may choose one; docs/rest.md tells of it. */
    private static final String PASSWORD_PATH = "/api/v1/password";

    @Inject private PasswordCheck passwords;
    @Inject private LoginThrottle throttle;
    @Inject private Users users;
    @Inject private AuditLog audit;

    private final AtomicBoolean warned = new AtomicBoolean();

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<UsernamePasswordCredential> given =
                BasicCredential.parse(request.getHeader("Authorization"));
        if (given.isEmpty()) {
            challenge(response, "DMG4301 user and password are needed: HTTP Basic");
            return;
        }
        PasswordCheck.Answer answer = passwords.check(request.getRemoteAddr(), given.get());
        CredentialValidationResult user = answer.result();
        if (!answer.retryAfter().isZero()) {
            block(response, answer.retryAfter());
        } else if (!answer.isRight()) {
            LoginAudit.failed(audit, throttle, request, AuditWay.REST, given.get().getCaller());
            challenge(response, "DMG4302 user or password is wrong");
        } else if (isPasswordDue(request, given.get().getCaller())) {
            refuse(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "Forbidden",
                    "DMG4613 the password has to be changed first: by PUT /api/v1/password, or at"
                            + " the login page");
        } else if (!user.getCallerGroups().contains(Role.VIEWER)) {
            refuse(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "Forbidden",
                    "DMG4303 the user needs role '" + Role.VIEWER + "'");
        } else {
            warnOfClearText(request);
            chain.doFilter(new MachineRequest(request, user), response);
        }
    }

    private boolean isPasswordDue(HttpServletRequest request, String name) {
        String path =
                request.getServletPath()
                        + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return !path.equals(PASSWORD_PATH)
                && users.find(name).map(Account::passwordDue).orElse(false);
    }

    private static void challenge(HttpServletResponse response, String detail) throws IOException {
        response.setHeader("WWW-Authenticate", "Basic realm=\"dermaga\", charset=\"UTF-8\"");
        refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized", detail);
    }

    private static void block(HttpServletResponse response, Duration time) throws IOException {
        long seconds = time.toSeconds() + 1;
        response.setHeader("Retry-After", Long.toString(seconds));
        refuse(
                response,
                TOO_MANY_REQUESTS,
                "Too Many Requests",
                "DMG4304 too many wrong passwords came from this address, try again in "
                        + seconds
                        + " s");
    }

    /** Writes the problem details (RFC 9457) itself: sendError would lead to a page. */
    private static void refuse(
            HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        JsonObject problem =
                Json.createObjectBuilder()
                        .add("type", "about:blank")
                        .add("title", title)
                        .add("status", status)
                        .add("detail", detail)
                        .add("number", detail.substring(0, detail.indexOf(' ')))
                        .build();
        byte[] body = problem.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(body);
    }

    private void warnOfClearText(HttpServletRequest request) {
        if (!request.isSecure()
                && !isLoopback(request.getRemoteAddr())
                && warned.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DMG4305 a password came over a network in clear text, from "
                            + request.getRemoteAddr()
                            + ": use HTTPS (told once)");
        }
    }

    /** Asks no name service: the server gives a literal. */
    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException noLiteral) {
            return false;
        }
    }
}
