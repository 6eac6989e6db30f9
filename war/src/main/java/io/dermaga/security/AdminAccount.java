package io.dermaga.security;

import io.dermaga.settings.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one user, {@code admin}, who is viewer and operator. The password is the configured one, else
 * one that is generated at the first start and said once.
 */
@ApplicationScoped
public class AdminAccount implements IdentityStore {

    static final String NAME = "admin";

    private static final System.Logger LOG = System.getLogger(AdminAccount.class.getName());

    /** OWASP's recommendation of 2023 for PBKDF2 with HMAC-SHA-512. */
    private static final Map<String, String> HASH =
            Map.of(
                    "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA512",
                    "Pbkdf2PasswordHash.Iterations", "210000",
                    "Pbkdf2PasswordHash.SaltSizeBytes", "32",
                    "Pbkdf2PasswordHash.KeySizeBytes", "64");

    @Inject private Pbkdf2PasswordHash hash;

    private @Nullable PasswordFile file;
    private Optional<byte[]> configured = Optional.empty();

    void open(@Observes @Initialized(ApplicationScoped.class) Object application) {
        Configuration configuration = Configuration.ofProcess();
        configured =
                configuration
                        .adminPassword()
                        .map(password -> password.getBytes(StandardCharsets.UTF_8));
        if (configured.isEmpty()) {
            hash.initialize(HASH);
            PasswordFile opened = new PasswordFile(configuration.dataDirectory(), hash);
            opened.generateIfMissing().ifPresent(AdminAccount::say);
            file = opened;
        }
    }

    @Override
    public CredentialValidationResult validate(
            jakarta.security.enterprise.credential.Credential credential) {
        if (credential instanceof UsernamePasswordCredential given
                && matches(given.getPassword().getValue())
                && NAME.equals(given.getCaller())) {
            return new CredentialValidationResult(NAME, Set.of(Role.VIEWER, Role.OPERATOR));
        }
        return CredentialValidationResult.INVALID_RESULT;
    }

    private boolean matches(char[] password) {
        if (configured.isPresent()) {
            byte[] given = new String(password).getBytes(StandardCharsets.UTF_8);
            return MessageDigest.isEqual(given, configured.get());
        }
        PasswordFile opened = file;
        return opened != null && opened.verify(password);
    }

    private static void say(String password) {
        LOG.log(
                System.Logger.Level.INFO,
                "DMG4001 dashboard user '"
                        + NAME
                        + "' has the generated password "
                        + password
                        + " (shown once; set dermaga.admin.password to choose your own)");
    }
}
