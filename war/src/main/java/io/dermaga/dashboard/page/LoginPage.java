package io.dermaga.dashboard.page;

import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditWay;
import io.dermaga.security.LoginAudit;
import io.dermaga.security.LoginStamp;
import io.dermaga.security.LoginThrottle;
import io.dermaga.security.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Logging in and out. */
@Named("loginPage")
@RequestScoped
public class LoginPage {

    @Inject private SecurityContext security;
    @Inject private LoginThrottle throttle;
    @Inject private Texts texts;
    @Inject private Users users;
    @Inject private AuditLog audit;

    private @Nullable String username;
    private @Nullable String password;
    private boolean continued;

    /** Checks the credential and goes on to the page that was asked for. */
    public void login() throws IOException {
        FacesContext faces = FacesContext.getCurrentInstance();
        HttpServletRequest request = (HttpServletRequest) faces.getExternalContext().getRequest();
        String name = username == null ? "" : username;
        LoginThrottle.Source address = throttle.source(request.getRemoteAddr(), name);
        Duration blocked = throttle.attempt(address);
        if (!blocked.isZero()) {
            say(faces, texts.of("loginBlocked", blocked.toSeconds() + 1));
            return;
        }
        switch (authenticate(faces, request)) {
            case SEND_CONTINUE -> {
                succeeded(request, name, address);
                faces.responseComplete();
            }
            case SUCCESS -> {
                succeeded(request, name, address);
                ExternalContext external = faces.getExternalContext();
                external.redirect(external.getRequestContextPath() + "/index.xhtml");
            }
            default -> {
                throttle.confirm(address);
                LoginAudit.failed(audit, throttle, request, AuditWay.PAGE, name);
                say(faces, texts.of("loginFailed"));
            }
        }
    }

    private void succeeded(HttpServletRequest request, String name, LoginThrottle.Source source) {
        throttle.succeeded(source);
        users.find(name).ifPresent(account -> LoginStamp.put(request.getSession(), account));
        LoginAudit.succeeded(audit, request, name);
    }

    private AuthenticationStatus authenticate(FacesContext faces, HttpServletRequest request) {
        if (request.getSession(false) != null) {
            // a session id that somebody planted before the login is worth nothing after it
            request.changeSessionId();
        }
        String name = username == null ? "" : username;
        String secret = password == null ? "" : password;
        return security.authenticate(
                request,
                (HttpServletResponse) faces.getExternalContext().getResponse(),
                AuthenticationParameters.withParams()
                        .credential(new UsernamePasswordCredential(name, secret))
                        .newAuthentication(!continued));
    }

    /** Ends the session. */
    public String logout() throws ServletException {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        String user = request.getRemoteUser();
        if (user != null) {
            LoginAudit.ended(audit, request, user);
        }
        request.logout();
        external.invalidateSession();
        return "/index.xhtml?faces-redirect=true";
    }

    private static void say(FacesContext faces, String text) {
        faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, null));
    }

    public @Nullable String getUsername() {
        return username;
    }

    public void setUsername(@Nullable String username) {
        this.username = username;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    /** Whether the login interrupted the way to a page. */
    public boolean isContinued() {
        return continued;
    }

    public void setContinued(boolean continued) {
        this.continued = continued;
    }
}
