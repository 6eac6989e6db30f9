package io.dermaga.security;

import io.dermaga.settings.Configuration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The users whose password an operator has configured: {@code admin}, who may do all but reveal
 * what is masked, and {@code viewer}. They go before a kept user of the same name.
 */
final class ConfiguredUsers {

    static final String ADMIN = "admin";
    static final String VIEWER = "viewer";

    private record Configured(Account account, String password) {}

    private final Map<String, Configured> users = new TreeMap<>();

    private ConfiguredUsers() {}

    static ConfiguredUsers of(Configuration configuration) {
        ConfiguredUsers configured = new ConfiguredUsers();
        configured.add(ADMIN, configuration.adminPassword(), Role.OF_FIRST);
        Set<String> roles = new TreeSet<>(configuration.viewerRoles());
        roles.add(Role.VIEWER);
        configured.add(VIEWER, configuration.viewerPassword(), roles);
        return configured;
    }

    private void add(String name, Optional<String> password, Collection<String> roles) {
        password.ifPresent(
                text ->
                        users.put(
                                name,
                                new Configured(
                                        new Account(
                                                name,
                                                Set.copyOf(roles),
                                                false,
                                                false,
                                                true,
                                                PasswordGenerator.generate()),
                                        text)));
    }

    Optional<Account> find(String name) {
        return Optional.ofNullable(users.get(name)).map(Configured::account);
    }

    Collection<Account> all() {
        return users.values().stream().map(Configured::account).toList();
    }

    /** Whether this is the password of the user, who is one of these. */
    boolean matches(String name, char[] password) {
        Configured one = users.get(name);
        return one != null
                && MessageDigest.isEqual(bytes(new String(password)), bytes(one.password()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
