package io.dermaga.dashboard.page;

import io.dermaga.security.LoginThrottle;
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

    private @Nullable String username;
    private @Nullable String password;
    private boolean continued;

    /** Checks the credential and goes on to the page that was asked for. */
    public void login() throws IOException {
        FacesContext faces = FacesContext.getCurrentInstance();
        HttpServletRequest request = (HttpServletRequest) faces.getExternalContext().getRequest();
        String address =
                LoginThrottle.key(request.getRemoteAddr(), username == null ? "" : username);
        Duration blocked = throttle.attempt(address);
        if (!blocked.isZero()) {
            say(faces, texts.of("loginBlocked", blocked.toSeconds() + 1));
            return;
        }
        switch (authenticate(faces, request)) {
            case SEND_CONTINUE -> {
                throttle.succeeded(address);
                faces.responseComplete();
            }
            case SUCCESS -> {
                throttle.succeeded(address);
                ExternalContext external = faces.getExternalContext();
                external.redirect(external.getRequestContextPath() + "/index.xhtml");
            }
            default -> say(faces, texts.of("loginFailed"));
        }
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
        ((HttpServletRequest) external.getRequest()).logout();
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
