package io.dermaga.security;

import io.dermaga.settings.OwnerOnly;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/** Keeps the generated password of the user {@code admin}, only as a PBKDF2 hash. */
final class PasswordFile {

    /** Without characters that are mistaken for one another. */
    private static final String ALPHABET =
            "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 20;

    private final Path directory;
    private final Path file;
    private final Pbkdf2PasswordHash hash;

    PasswordFile(Path directory, Pbkdf2PasswordHash hash) {
        this.directory = directory;
        this.file = directory.resolve("admin.password");
        this.hash = hash;
    }

    /**
     * Generates a password unless there is one.
     *
     * @return the password when it was generated now; it can never be read again
     */
    Optional<String> generateIfMissing() {
        if (Files.exists(file)) {
            return Optional.empty();
        }
        String password = generate();
        try {
            OwnerOnly.createDirectories(directory);
            String line = hash.generate(password.toCharArray()) + '\n';
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(draft);
            Set<StandardOpenOption> options =
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = Files.newByteChannel(draft, options, OwnerOnly.file())) {
                channel.write(StandardCharsets.US_ASCII.encode(line));
            }
            // there is never half a hash, which would lock everybody out
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(password);
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "DMG4002 the password hash cannot be written to %s: %s".formatted(file, failed),
                    failed);
        }
    }

    /** Whether this is the password whose hash is kept. */
    boolean verify(char[] password) {
        try {
            return hash.verify(password, Files.readString(file).trim());
        } catch (IOException | IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static String generate() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
