package io.dermaga.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords that come with each request. Hashing is slow on purpose, so a password that was
 * right is known for a minute, by a digest under a key of this process, and one that comes several
 * times at once is hashed once. Guesses are counted by {@link LoginThrottle} before they are
 * compared with anything. Thread-safe; blocks for the time of hashing.
 */
@ApplicationScoped
public class PasswordCheck {

    private static final Duration KNOWN = Duration.ofMinutes(1);

    /**
     * What came of it.
     *
     * @param retryAfter how long attempts from the address are refused unseen; zero if this one was
     *     not
     * @param result whether it is right; invalid if it was refused
     */
    public record Answer(Duration retryAfter, CredentialValidationResult result) {

        /** Whether it is right. */
        public boolean isRight() {
            return result.getStatus() == CredentialValidationResult.Status.VALID;
        }
    }

    /**
     * A password that was looked at.
     *
     * @param stamp of the user then: with another one it has to be looked at again
     */
    private record Check(
            Instant until, String stamp, CompletableFuture<CredentialValidationResult> result) {}

    private final Clock clock;
    private final SecretKeySpec key = randomKey();

    /** By digest: those that go on, and those that were right. Both are few. */
    private final Map<String, Check> checks = new HashMap<>();

    private final LoginThrottle throttle;
    private final Function<Credential, CredentialValidationResult> stores;
    private final Function<String, String> stamps;

    /** For the client proxy. */
    protected PasswordCheck() {
        this(
                new LoginThrottle(),
                credential -> CredentialValidationResult.INVALID_RESULT,
                name -> "",
                Clock.systemUTC());
    }

    @Inject
    public PasswordCheck(LoginThrottle throttle, IdentityStoreHandler stores, Users users) {
        this(
                throttle,
                stores::validate,
                name -> users.find(name).map(Account::stamp).orElse(""),
                Clock.systemUTC());
    }

    PasswordCheck(
            LoginThrottle throttle,
            Function<Credential, CredentialValidationResult> stores,
            Function<String, String> stamps,
            Clock clock) {
        this.throttle = throttle;
        this.stores = stores;
        this.stamps = stamps;
        this.clock = clock;
    }

    /** Whether this name and password from this address are right. */
    public Answer check(String from, UsernamePasswordCredential credential) {
        LoginThrottle.Source address = throttle.source(from, credential.getCaller());
        String stamp = stamps.apply(credential.getCaller());
        String digest = digest(credential);
        boolean first = false;
        Check check;
        synchronized (checks) {
            Duration blocked = throttle.blocked(address);
            if (!blocked.isZero()) {
                return new Answer(blocked, CredentialValidationResult.INVALID_RESULT);
            }
            checks.values().removeIf(one -> one.until().isBefore(clock.instant()));
            check = checks.get(digest);
            if (check == null || !check.stamp().equals(stamp)) {
                throttle.failed(address); // until it is known to be right
                check = new Check(clock.instant().plus(KNOWN), stamp, new CompletableFuture<>());
                checks.put(digest, check);
                first = true;
            }
        }
        if (first) {
            run(check, address, digest, credential);
        }
        return new Answer(Duration.ZERO, check.result().join());
    }

    private void run(
            Check check,
            LoginThrottle.Source address,
            String digest,
            UsernamePasswordCredential credential) {
        CredentialValidationResult result = CredentialValidationResult.INVALID_RESULT;
        try {
            result = stores.apply(credential);
        } finally {
            if (result.getStatus() == CredentialValidationResult.Status.VALID) {
                throttle.succeeded(address);
            } else {
                throttle.confirm(address);
                synchronized (checks) {
                    checks.remove(digest, check);
                }
            }
            check.result().complete(result);
        }
    }

    private String digest(UsernamePasswordCredential credential) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(credential.getCaller().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(credential.getPasswordAsString().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static SecretKeySpec randomKey() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
