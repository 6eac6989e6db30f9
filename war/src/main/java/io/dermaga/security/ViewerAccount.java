package io.dermaga.security;

import io.dermaga.settings.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * The user {@code viewer}, who sees and does not act: for what only reads, as a monitoring system.
 * There is one only if a password is configured.
 */
@ApplicationScoped
public class ViewerAccount implements IdentityStore {

    static final String NAME = "viewer";

    private Optional<byte[]> password = Optional.empty();

    void open(@Observes @Initialized(ApplicationScoped.class) Object application) {
        password =
                Configuration.ofProcess()
                        .viewerPassword()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Before the account whose password may be a hash, which takes time. */
    @Override
    public int priority() {
        return 50;
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (credential instanceof UsernamePasswordCredential given
                && password.filter(right -> matches(given, right)).isPresent()
                && NAME.equals(given.getCaller())) {
            return new CredentialValidationResult(NAME, Set.of(Role.VIEWER));
        }
        return CredentialValidationResult.INVALID_RESULT;
    }

    private static boolean matches(UsernamePasswordCredential given, byte[] right) {
        return MessageDigest.isEqual(
                given.getPasswordAsString().getBytes(StandardCharsets.UTF_8), right);
    }
}
