package io.dermaga.security;

import io.dermaga.settings.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The users of the dashboard: configured ones, and those that are kept in the data directory.
 * Thread-safe; checking and changing a password takes the time of hashing. Changes are on the disk
 * when they return.
 */
@ApplicationScoped
public class Users implements IdentityStore {

    /** How many there may be. */
    static final int MOST = 1000;

    private static final System.Logger LOG = System.getLogger(Users.class.getName());

    /** OWASP's recommendation of 2023 for PBKDF2 with HMAC-SHA-512. */
    private static final Map<String, String> HASH =
            Map.of(
                    "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA512",
                    "Pbkdf2PasswordHash.Iterations", "210000",
                    "Pbkdf2PasswordHash.SaltSizeBytes", "32",
                    "Pbkdf2PasswordHash.KeySizeBytes", "64");

    @Inject private Pbkdf2PasswordHash injected;

    private @Nullable Pbkdf2PasswordHash hash;
    private @Nullable ConfiguredUsers configured;
    private @Nullable UserFile file;
    private boolean damaged;
    private String nobodysHash = "";
    private Map<String, StoredUser> stored = Map.of();

    void open(@Observes @Initialized(ApplicationScoped.class) Object application) {
        injected.initialize(HASH);
        open(Configuration.ofProcess(), injected);
    }

    /** Reads the users; makes the first one if there is none. */
    synchronized void open(Configuration configuration, Pbkdf2PasswordHash hashing) {
        if (file != null) {
            return; // inside an EAR some servers say it once for each module
        }
        hash = hashing;
        nobodysHash = hashing.generate(PasswordGenerator.generate().toCharArray());
        ConfiguredUsers fixed = ConfiguredUsers.of(configuration);
        configured = fixed;
        UserFile opened = new UserFile(configuration.dataDirectory());
        file = opened;
        try {
            if (opened.exists()) {
                Map<String, StoredUser> read = new TreeMap<>();
                opened.read().forEach(one -> read.put(one.account().name(), one));
                stored = read;
            } else if (fixed.find(ConfiguredUsers.ADMIN).isEmpty()) {
                first(opened);
            }
        } catch (IOException unreadable) {
            damaged = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "DMG4601 the users in %s cannot be read, none of them can log in: %s"
                            .formatted(opened.path(), unreadable.getMessage()));
        }
    }

    private void first(UserFile opened) throws IOException {
        String before = opened.hashOfBefore();
        String password = before.isEmpty() ? PasswordGenerator.generate() : "";
        StoredUser admin =
                StoredUser.of(
                        ConfiguredUsers.ADMIN,
                        Set.copyOf(Role.OF_FIRST),
                        false,
                        true,
                        before.isEmpty() ? hashed(password) : before);
        try {
            opened.write(List.of(admin));
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "DMG4002 the first user cannot be kept in %s: %s"
                            .formatted(opened.path(), failed),
                    failed);
        }
        stored = Map.of(ConfiguredUsers.ADMIN, admin);
        if (before.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "DMG4001 dashboard user '"
                            + ConfiguredUsers.ADMIN
                            + "' has the generated password "
                            + password
                            + " (shown once, to be changed at the first login; set"
                            + " dermaga.admin.password to choose your own)");
        } else {
            opened.removeBefore();
        }
    }

    private ConfiguredUsers configured() {
        return Objects.requireNonNull(configured, "the users are not opened");
    }

    private Pbkdf2PasswordHash hash() {
        return Objects.requireNonNull(hash, "the users are not opened");
    }

    private String hashed(String password) {
        return hash().generate(password.toCharArray());
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential given)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        String name = given.getCaller();
        char[] password = given.getPassword().getValue();
        if (password.length > PasswordRules.MOST || !matches(name, password)) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        return find(name)
                .filter(account -> !account.disabled())
                .map(account -> new CredentialValidationResult(name, account.roles()))
                .orElse(CredentialValidationResult.INVALID_RESULT);
    }

    /** Takes the same time for users that there are and others. */
    private boolean matches(String name, char[] password) {
        boolean isFixed = configured().find(name).isPresent();
        if (isFixed && configured().matches(name, password)) {
            return true;
        }
        StoredUser one = isFixed ? null : stored(name);
        boolean right = verify(password, one == null ? nobodysHash : one.hash());
        return one != null && right;
    }

    private boolean verify(char[] password, String known) {
        try {
            return hash().verify(password, known);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private synchronized @Nullable StoredUser stored(String name) {
        return stored.get(name);
    }

    /** A user of this name. */
    public Optional<Account> find(String name) {
        return configured()
                .find(name)
                .or(() -> Optional.ofNullable(stored(name)).map(StoredUser::account));
    }

    /** All users, by name. */
    public synchronized List<Account> list() {
        Map<String, Account> all = new TreeMap<>();
        stored.forEach((name, one) -> all.put(name, one.account()));
        configured().all().forEach(one -> all.put(one.name(), one));
        return List.copyOf(all.values());
    }

    /**
     * Makes a user with a generated password, which is to be changed at the first login.
     *
     * @throws IllegalArgumentException numbered, if the name or a role cannot be
     * @throws IllegalStateException numbered, if there is one of the name already, or are too many
     */
    public IssuedPassword create(String name, Collection<String> roles) {
        Account.checkedName(name);
        Set<String> checked = Account.checkedRoles(roles);
        String password = PasswordGenerator.generate();
        StoredUser made = StoredUser.of(name, checked, false, true, hashed(password));
        synchronized (this) {
            if (list().stream().anyMatch(one -> one.name().equalsIgnoreCase(name))) {
                throw new IllegalStateException(
                        "DMG4605 there is a user '%s' already".formatted(name));
            }
            if (stored.size() >= MOST) {
                throw new IllegalStateException(
                        "DMG4606 there are %d users, allowed: %d".formatted(stored.size(), MOST));
            }
            keep(name, made);
        }
        return new IssuedPassword(name, password);
    }

    /**
     * Changes what a user may, and ends his sessions.
     *
     * @return whether there is one
     * @throws IllegalArgumentException numbered, if a role cannot be
     * @throws IllegalStateException numbered, if he is configured, or the last admin
     */
    public synchronized boolean change(String name, Collection<String> roles, boolean disabled) {
        Set<String> checked = Account.checkedRoles(roles);
        return replace(name, one -> one.with(checked, disabled));
    }

    /** Gives a user a generated password, and ends his sessions; empty if there is none. */
    public Optional<IssuedPassword> resetPassword(String name) {
        String password = PasswordGenerator.generate();
        String hashed = hashed(password);
        return replace(name, one -> one.withPassword(hashed, true))
                ? Optional.of(new IssuedPassword(name, password))
                : Optional.empty();
    }

    /**
     * Takes the password that a user has chosen, and ends his sessions; whether there is one.
     *
     * @throws IllegalArgumentException numbered, if the password is not good enough
     * @throws IllegalStateException numbered, if he is configured
     */
    public boolean choosePassword(String name, String password) {
        PasswordRules.check(name, password);
        StoredUser before = stored(name);
        if (before != null && verify(password.toCharArray(), before.hash())) {
            throw new IllegalArgumentException(
                    "DMG4612 password: given the one that he has, allowed: others");
        }
        String hashed = hashed(password);
        return replace(name, one -> one.withPassword(hashed, false));
    }

    /** Removes a user, and ends his sessions; whether there was one. */
    public boolean delete(String name) {
        return replace(name, one -> null);
    }

    private synchronized boolean replace(
            String name, Function<StoredUser, @Nullable StoredUser> change) {
        if (configured().find(name).isPresent()) {
            throw new IllegalStateException(
                    "DMG4608 user '%s' comes from the configuration (dermaga.%s.password): change it there"
                            .formatted(name, name));
        }
        StoredUser before = stored.get(name);
        if (before == null) {
            return false;
        }
        StoredUser after = change.apply(before);
        boolean stays = after != null && after.account().isActiveAdmin();
        if (before.account().isActiveAdmin() && !stays && admins() == 1) {
            throw new IllegalStateException(
                    "DMG4607 user '%s' is the last one with role '%s': give it to another before"
                            .formatted(name, Role.ADMIN));
        }
        keep(name, after);
        return true;
    }

    private long admins() {
        return list().stream().filter(Account::isActiveAdmin).count();
    }

    private void keep(String name, @Nullable StoredUser user) {
        Map<String, StoredUser> changed = new TreeMap<>(stored);
        if (user == null) {
            changed.remove(name);
        } else {
            changed.put(name, user);
        }
        UserFile opened = Objects.requireNonNull(file);
        try {
            if (damaged) {
                throw new IOException("what is damaged is not overwritten");
            }
            opened.write(changed.values());
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "DMG4602 the users cannot be written: " + failed.getMessage(), failed);
        }
        stored = changed;
    }
}
