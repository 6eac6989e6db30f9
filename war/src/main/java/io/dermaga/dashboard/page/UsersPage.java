package io.dermaga.dashboard.page;

import io.dermaga.security.Account;
import io.dermaga.security.IssuedPassword;
import io.dermaga.security.LoginThrottle;
import io.dermaga.security.Role;
import io.dermaga.security.Users;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The users, and what an admin does to them: {@code users.xhtml?user=…}. */
@Named("usersPage")
@ViewScoped
public class UsersPage implements Serializable {

    @Inject private Users users;
    @Inject private LoginThrottle throttle;
    @Inject private Operator operator;

    private @Nullable String user;
    private @Nullable List<String> roles;
    private @Nullable String newName;
    private @Nullable List<String> newRoles;
    private @Nullable String unlocked;

    private transient @Nullable IssuedPassword issued;

    /** All of them; none for a reader who is no admin. */
    public List<Account> getUsers() {
        return isAdmin() ? users.list() : List.of();
    }

    /** The one that the address names; null if there is none. */
    public @Nullable Account getChosen() {
        return user == null || !isAdmin() ? null : users.find(user).orElse(null);
    }

    /** Who has guessed so often that he has to wait. */
    public List<LoginThrottle.Locked> getLocked() {
        return isAdmin() ? throttle.locked() : List.of();
    }

    private static boolean isAdmin() {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        return external.isUserInRole(Role.ADMIN);
    }

    /** Roles to choose from; each user is a viewer besides. */
    public List<String> getChoices() {
        return Role.ALL.stream().filter(role -> !role.equals(Role.VIEWER)).toList();
    }

    /** A new user, whose password is shown once. */
    public void create() {
        String name = newName == null ? "" : newName.trim();
        List<String> wanted = newRoles == null ? List.of() : newRoles;
        act(
                "users.create",
                name,
                () -> {
                    issued = users.create(name, wanted);
                    newName = null;
                    newRoles = null;
                    return Answer.done("userCreated", name);
                });
    }

    /** Takes the roles that were chosen. */
    public void change() {
        List<String> wanted = roles == null ? List.of() : roles;
        boolean disabled = getChosen() != null && getChosen().disabled();
        changed("users.change", () -> users.change(chosen(), wanted, disabled));
        roles = null;
    }

    /** Lets him not log in any more. */
    public void disable() {
        disabled("users.disable", true);
    }

    /** Lets him log in again. */
    public void enable() {
        disabled("users.enable", false);
    }

    private void disabled(String action, boolean disabled) {
        Account now = getChosen();
        changed(action, () -> now != null && users.change(chosen(), now.roles(), disabled));
    }

    /** A new password, which is shown once. */
    public void reset() {
        act(
                "users.resetPassword",
                chosen(),
                () -> {
                    Optional<IssuedPassword> made = users.resetPassword(chosen());
                    issued = made.orElse(null);
                    return made.map(one -> Answer.done("userReset", one.name()))
                            .orElseGet(() -> Answer.notDone("userGone"));
                });
    }

    /** Removes him for good. */
    public void delete() {
        changed("users.delete", () -> users.delete(chosen()));
    }

    /** Forgets the failures of a user. */
    public void unlock() {
        String name = unlocked == null ? "" : unlocked;
        act(
                "users.unlock",
                name,
                () ->
                        throttle.unlock(name)
                                ? Answer.done("userUnlocked")
                                : Answer.notDone("userNotLocked"));
    }

    private void changed(String action, Supplier<Boolean> change) {
        act(
                action,
                chosen(),
                () -> change.get() ? Answer.done("userChanged") : Answer.notDone("userGone"));
    }

    private void act(String action, String name, Supplier<Answer> change) {
        operator.act(Role.ADMIN, action, name, actor -> change.get());
    }

    private String chosen() {
        return user == null ? "" : user;
    }

    /** The password that was just made; null if none was. */
    public @Nullable IssuedPassword getIssued() {
        return issued;
    }

    public @Nullable String getUser() {
        return user;
    }

    public void setUser(@Nullable String user) {
        this.user = user;
    }

    public @Nullable List<String> getRoles() {
        Account now = getChosen();
        return roles != null ? roles : now == null ? List.of() : List.copyOf(now.roles());
    }

    public void setRoles(@Nullable List<String> roles) {
        this.roles = roles;
    }

    public @Nullable String getNewName() {
        return newName;
    }

    public void setNewName(@Nullable String newName) {
        this.newName = newName;
    }

    public @Nullable List<String> getNewRoles() {
        return newRoles;
    }

    public void setNewRoles(@Nullable List<String> newRoles) {
        this.newRoles = newRoles;
    }

    /** Name of the user to unlock; empty for all names that are nobody's. */
    public @Nullable String getUnlocked() {
        return unlocked;
    }

    public void setUnlocked(@Nullable String unlocked) {
        this.unlocked = unlocked;
    }
}
