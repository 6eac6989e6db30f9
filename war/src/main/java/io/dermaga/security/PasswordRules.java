package io.dermaga.security;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a password that somebody chooses must be (OWASP ASVS 5.0, 6.2; NIST SP 800-63B): long
 * enough, not one of those that everybody tries, without the user's name. No rules on its
 * composition.
 */
final class PasswordRules {

    static final int LEAST = 8;

    /** Longer ones would only cost time. */
    static final int MOST = 256;

    /** Those of the list that are long enough, in lower case. */
    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    private static Set<String> common() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .filter(word -> word.length() >= LEAST)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** How many common passwords are known that are long enough. */
    static int known() {
        return COMMON.size();
    }

    /**
     * Refuses a password that is not good enough.
     *
     * @throws IllegalArgumentException numbered; it does not tell the password
     */
    static void check(String user, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < LEAST || length > MOST) {
            throw new IllegalArgumentException(
                    "DMG4609 password: given %d characters, allowed: %d to %d"
                            .formatted(length, LEAST, MOST));
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (COMMON.contains(lower) || lower.chars().distinct().count() == 1) {
            throw new IllegalArgumentException(
                    "DMG4610 password: given one of those that are tried first, allowed: others");
        }
        if (lower.contains(user.toLowerCase(Locale.ROOT)) || lower.startsWith("dermaga")) {
            throw new IllegalArgumentException(
                    "DMG4611 password: given one with the name of the user or of the product,"
                            + " allowed: others");
        }
    }
}
