package io.dermaga.security;

import java.security.SecureRandom;

/** Makes passwords that nobody guesses and everybody can copy from a screen. */
final class PasswordGenerator {

    /** Without characters that are mistaken for one another. */
    private static final String ALPHABET =
            "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 20;

    private PasswordGenerator() {}

    static String generate() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
