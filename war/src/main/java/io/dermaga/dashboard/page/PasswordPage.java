package io.dermaga.dashboard.page;

import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditWay;
import io.dermaga.oidc.IdentityProvider;
import io.dermaga.security.Account;
import io.dermaga.security.LoginAudit;
import io.dermaga.security.LoginStamp;
import io.dermaga.security.LoginThrottle;
import io.dermaga.security.PasswordCheck;
import io.dermaga.security.ProviderUser;
import io.dermaga.security.Role;
import io.dermaga.security.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everybody chooses his own password here; who has a generated one, before anything else. */
@Named("passwordPage")
@RequestScoped
public class PasswordPage {

    @Inject private Users users;
    @Inject private PasswordCheck passwords;
    @Inject private LoginThrottle throttle;
    @Inject private Operator operator;
    @Inject private AuditLog audit;
    @Inject private IdentityProvider provider;

    private @Nullable String current;
    private @Nullable String chosen;
    private @Nullable String repeated;
    private boolean done;

    /** Takes the new password if the current one is right. */
    public void change() {
        operator.act(Role.VIEWER, "password.change", name(), this::changed);
    }

    private Answer changed(String actor) {
        if (isElsewhere()) {
            return Answer.refused("passwordElsewhere", provider.name());
        }
        String wanted = chosen == null ? "" : chosen;
        if (!wanted.equals(repeated == null ? "" : repeated)) {
            return Answer.refused("passwordsDiffer");
        }
        HttpServletRequest request = (HttpServletRequest) external().getRequest();
        PasswordCheck.Answer answer =
                passwords.check(
                        request.getRemoteAddr(),
                        new UsernamePasswordCredential(actor, current == null ? "" : current));
        if (!answer.retryAfter().isZero()) {
            return Answer.refused("loginBlocked", answer.retryAfter().toSeconds() + 1);
        }
        if (!answer.isRight()) {
            LoginAudit.failed(audit, throttle, request, AuditWay.PAGE, actor);
            return Answer.refused("passwordWrong");
        }
        if (!users.choosePassword(actor, wanted)) {
            return Answer.notDone("userGone");
        }
        // others of this user end, this one goes on under another id
        request.changeSessionId();
        users.find(actor).ifPresent(account -> LoginStamp.put(request.getSession(), account));
        done = true;
        return Answer.done("passwordChanged");
    }

    /** Whether it has to be changed before anything else. */
    public boolean isDue() {
        return account().map(Account::passwordDue).orElse(false);
    }

    /** Whether it is set by the configuration and cannot be changed here. */
    public boolean isConfigured() {
        return account().map(Account::configured).orElse(false);
    }

    /** Whether it is kept by the identity provider. */
    public boolean isElsewhere() {
        return ProviderUser.isOne(name());
    }

    /** Name of the identity provider. */
    public String getProviderName() {
        return provider.name();
    }

    /** Whether it was just changed. */
    public boolean isDone() {
        return done;
    }

    private Optional<Account> account() {
        return users.find(name());
    }

    private static String name() {
        return Optional.ofNullable(external().getRemoteUser()).orElse("?");
    }

    private static ExternalContext external() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }

    public @Nullable String getCurrent() {
        return null;
    }

    public void setCurrent(@Nullable String current) {
        this.current = current;
    }

    public @Nullable String getChosen() {
        return null;
    }

    public void setChosen(@Nullable String chosen) {
        this.chosen = chosen;
    }

    public @Nullable String getRepeated() {
        return null;
    }

    public void setRepeated(@Nullable String repeated) {
        this.repeated = repeated;
    }
}
