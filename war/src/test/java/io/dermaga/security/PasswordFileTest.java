package io.dermaga.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.glassfish.soteria.identitystores.hash.Pbkdf2PasswordHashImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {

    private final Pbkdf2PasswordHash hash = new Pbkdf2PasswordHashImpl();

    @BeforeEach
    void fewer_rounds_than_in_production() {
        hash.initialize(Map.of("Pbkdf2PasswordHash.Iterations", "1024"));
    }

    @Test
    void the_generated_password_is_accepted_and_another_is_not(@TempDir Path directory) {
        PasswordFile file = new PasswordFile(directory, hash);
        String password = file.generateIfMissing().orElseThrow();
        assertThat(password).matches("[A-HJ-NP-Za-km-z2-9]{20}");
        assertThat(file.verify(password.toCharArray())).isTrue();
        assertThat(file.verify("another".toCharArray())).isFalse();
        assertThat(file.verify(new char[0])).isFalse();
    }

    @Test
    void a_second_start_keeps_the_password_and_does_not_say_it(@TempDir Path directory) {
        String password = new PasswordFile(directory, hash).generateIfMissing().orElseThrow();
        PasswordFile second = new PasswordFile(directory, hash);
        assertThat(second.generateIfMissing()).isEqualTo(Optional.empty());
        assertThat(second.verify(password.toCharArray())).isTrue();
    }

    @Test
    void the_file_holds_a_hash_for_the_owner_only(@TempDir Path directory) throws IOException {
        Path data = directory.resolve("new/data");
        String password = new PasswordFile(data, hash).generateIfMissing().orElseThrow();
        Path file = data.resolve("admin.password");
        assertThat(Files.readString(file)).startsWith("PBKDF2").doesNotContain(password);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void a_damaged_file_lets_nobody_in(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("admin.password"), "not a hash");
        assertThat(new PasswordFile(directory, hash).verify("not a hash".toCharArray())).isFalse();
    }

    @Test
    void a_directory_that_cannot_be_written_is_said_with_its_number(@TempDir Path directory)
            throws IOException {
        Path inTheWay = Files.createFile(directory.resolve("data"));
        assertThatThrownBy(() -> new PasswordFile(inTheWay, hash).generateIfMissing())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DMG4002")
                .hasMessageContaining(inTheWay.toString());
    }
}
