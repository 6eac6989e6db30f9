package io.dermaga.dashboard.page;

import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditWay;
import io.dermaga.oidc.IdentityProvider;
import io.dermaga.oidc.Reason;
import io.dermaga.security.LoginAudit;
import io.dermaga.security.LoginStamp;
import io.dermaga.security.LoginThrottle;
import io.dermaga.security.ProviderUser;
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
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
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
    @Inject private IdentityProvider provider;

    private @Nullable String username;
    private @Nullable String password;
    private boolean continued;
    private @Nullable String refusal;

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
        if (provider.isOnly()) {
            LoginAudit.refused(audit, request, null, "DMG4638");
            say(faces, texts.of("loginOnly", provider.name()));
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
        ProviderUser.remove(request.getSession());
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

    /** Ends the session, and that at the identity provider if it began there. */
    public @Nullable String logout() throws ServletException {
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        String user = request.getRemoteUser();
        ProviderUser provided = ProviderUser.of(request.getSession(false), user);
        if (user != null) {
            LoginAudit.ended(audit, request, user);
        }
        request.logout();
        external.invalidateSession();
        Optional<URI> there =
                Optional.ofNullable(provided).flatMap(one -> provider.logout(one, request));
        if (there.isPresent()) {
            // no redirect: the policy of the page, whose form was sent, lets it go to this host
            // only
            external.setResponseContentType("text/html");
            external.setResponseHeader("Refresh", "0;url=" + there.get());
            faces.responseComplete();
            return null;
        }
        return "/index.xhtml?faces-redirect=true";
    }

    private static void say(FacesContext faces, String text) {
        faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, null));
    }

    /** Whether a link leads to the identity provider. */
    public boolean isProvided() {
        return provider.isInUse();
    }

    /** Name of the identity provider. */
    public String getProviderName() {
        return provider.name();
    }

    /** Whether passwords of the dashboard's own are taken. */
    public boolean isOwn() {
        return !provider.isOnly();
    }

    /** What the provider's login has come to, a key of {@code loginRefused_}; null if nothing. */
    public @Nullable String getRefusal() {
        return Reason.of(refusal).map(Reason::name).orElse(null);
    }

    public void setRefusal(@Nullable String refusal) {
        this.refusal = refusal;
    }

    /** Whom the push channel of this session is for. */
    public @Nullable String getChannel() {
        return ProviderUser.channel(
                FacesContext.getCurrentInstance().getExternalContext().getRemoteUser());
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
