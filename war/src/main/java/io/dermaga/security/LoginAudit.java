package io.dermaga.security;

import io.dermaga.audit.AuditEntry;
import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditResult;
import io.dermaga.audit.AuditWay;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Logins in the audit. A name that is nobody's is not kept: it may be a mistyped password. */
public final class LoginAudit {

    private static final String LOGIN = "login";

    private LoginAudit() {}

    /** Somebody has logged in. */
    public static void succeeded(AuditLog audit, HttpServletRequest request, String user) {
        audit.record(entry(request, AuditWay.PAGE, user, LOGIN, AuditResult.DONE, null));
    }

    /** An identity provider has sent somebody. */
    public static void succeeded(AuditLog audit, HttpServletRequest request, ProviderUser user) {
        audit.record(
                new AuditEntry(
                        user.name(),
                        request.getRemoteAddr(),
                        AuditWay.PAGE,
                        LOGIN,
                        user.subject(),
                        AuditResult.DONE,
                        null));
    }

    /**
     * Somebody was not let in, whatever his password.
     *
     * @param user null if nobody knows who he is
     * @param number of the sentence that tells why
     */
    public static void refused(
            AuditLog audit,
            HttpServletRequest request,
            @Nullable String user,
            @Nullable String number) {
        audit.record(entry(request, AuditWay.PAGE, user, LOGIN, AuditResult.REFUSED, number));
    }

    /** Somebody has logged out. */
    public static void ended(AuditLog audit, HttpServletRequest request, String user) {
        audit.record(entry(request, AuditWay.PAGE, user, "logout", AuditResult.DONE, null));
    }

    /** An attempt has failed, and perhaps the next ones are refused for a time. */
    public static void failed(
            AuditLog audit,
            LoginThrottle throttle,
            HttpServletRequest request,
            AuditWay way,
            String given) {
        LoginThrottle.Source source = throttle.source(request.getRemoteAddr(), given);
        String user = source.user().isEmpty() ? null : source.user();
        audit.record(entry(request, way, user, LOGIN, AuditResult.REFUSED, "DMG4302"));
        if (throttle.isLocked(source)) {
            audit.record(entry(request, way, user, "lockout", AuditResult.DONE, "DMG4304"));
        }
    }

    private static AuditEntry entry(
            HttpServletRequest request,
            AuditWay way,
            @Nullable String user,
            String action,
            AuditResult result,
            @Nullable String number) {
        return new AuditEntry(user, request.getRemoteAddr(), way, action, null, result, number);
    }
}
