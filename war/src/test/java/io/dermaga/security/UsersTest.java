package io.dermaga.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dermaga.settings.Configuration;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassfish.soteria.identitystores.hash.Pbkdf2PasswordHashImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {

    private static final String OWN = "correct horse battery";

    private final Pbkdf2PasswordHash hash = new Pbkdf2PasswordHashImpl();
    private final Map<String, String> properties = new HashMap<>();

    private Path directory = Path.of("");

    @BeforeEach
    void fewer_rounds_than_in_production(@TempDir Path temporary) {
        directory = temporary;
        hash.initialize(Map.of("Pbkdf2PasswordHash.Iterations", "1024"));
        properties.put("dermaga.admin.password", "configured");
    }

    private Users opened() {
        Users users = new Users();
        users.open(Configuration.of(properties, directory), hash);
        return users;
    }

    private static boolean mayLogIn(Users users, String name, String password) {
        return users.validate(new UsernamePasswordCredential(name, password)).getStatus()
                == CredentialValidationResult.Status.VALID;
    }

    private Path data() {
        return directory.resolve("dermaga-data");
    }

    private Path file() {
        return data().resolve("users.json");
    }

    @Test
    void the_first_start_makes_an_admin_whose_password_is_due() throws IOException {
        properties.clear();
        Users users = opened();

        assertThat(users.list())
                .extracting(Account::name, Account::roles, Account::passwordDue)
                .containsExactly(
                        tuple(
                                "admin",
                                Set.of("viewer", "payload-reader", "operator", "admin"),
                                true));
        assertThat(Files.readString(file())).contains("PBKDF2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                .isEqualTo("rwx------");
    }

    @Test
    void the_password_of_an_earlier_version_is_taken_over() throws IOException {
        properties.clear();
        Files.createDirectories(data());
        Files.writeString(
                data().resolve("admin.password"), hash.generate("before".toCharArray()) + "\n");

        Users users = opened();
        assertThat(mayLogIn(users, "admin", "before")).isTrue();
        assertThat(users.find("admin").orElseThrow().passwordDue()).isTrue();
        assertThat(data().resolve("admin.password")).doesNotExist();
        assertThat(mayLogIn(opened(), "admin", "before")).isTrue();
    }

    @Test
    void a_user_that_was_made_logs_in_with_the_password_that_was_told_and_chooses_his_own() {
        Users users = opened();
        IssuedPassword issued = users.create("ann", List.of(Role.OPERATOR));
        assertThat(issued.password()).matches("[A-HJ-NP-Za-km-z2-9]{20}");
        CredentialValidationResult login =
                users.validate(new UsernamePasswordCredential("ann", issued.password()));
        assertThat(login.getCallerGroups()).containsExactlyInAnyOrder(Role.VIEWER, Role.OPERATOR);
        assertThat(users.find("ann").orElseThrow().passwordDue()).isTrue();

        assertThat(users.choosePassword("ann", OWN)).isTrue();

        Users again = opened();
        assertThat(again.find("ann").orElseThrow().passwordDue()).isFalse();
        assertThat(mayLogIn(again, "ann", OWN)).isTrue();
        assertThat(mayLogIn(again, "ann", issued.password())).isFalse();
        assertThat(mayLogIn(again, "ann", "")).isFalse();
    }

    @Test
    void every_change_that_ends_sessions_changes_the_stamp() {
        Users users = opened();
        users.create("ann", List.of(Role.VIEWER));
        String made = stamp(users);
        users.choosePassword("ann", OWN);
        String chosen = stamp(users);
        users.change("ann", List.of(Role.OPERATOR), false);
        String changed = stamp(users);
        users.change("ann", List.of(Role.OPERATOR), true);
        String disabled = stamp(users);
        users.resetPassword("ann");

        assertThat(List.of(made, chosen, changed, disabled, stamp(users))).doesNotHaveDuplicates();
        assertThat(stamp(opened())).isEqualTo(stamp(users));
    }

    private static String stamp(Users users) {
        return users.find("ann").orElseThrow().stamp();
    }

    @Test
    void who_is_disabled_or_deleted_cannot_log_in() {
        Users users = opened();
        String password = users.create("ann", List.of(Role.VIEWER)).password();
        users.change("ann", List.of(Role.VIEWER), true);
        assertThat(mayLogIn(users, "ann", password)).isFalse();
        users.change("ann", List.of(Role.VIEWER), false);
        assertThat(mayLogIn(users, "ann", password)).isTrue();

        assertThat(users.delete("ann")).isTrue();
        assertThat(mayLogIn(users, "ann", password)).isFalse();
        assertThat(users.delete("ann")).isFalse();
        assertThat(users.resetPassword("ann")).isEmpty();
    }

    @Test
    void who_may_reveal_may_read_and_no_admin_does_both_unless_he_is_given_it() {
        Users users = opened();
        users.create("ann", List.of(Role.REVEALER));
        assertThat(users.find("ann").orElseThrow().roles())
                .containsExactlyInAnyOrder(Role.VIEWER, Role.PAYLOAD_READER, Role.REVEALER);
        assertThat(users.find("admin").orElseThrow().roles()).doesNotContain(Role.REVEALER);

        users.create("ben", List.of(Role.ADMIN));
        assertThat(users.find("ben").orElseThrow().roles())
                .containsExactlyInAnyOrder(Role.VIEWER, Role.ADMIN);
    }

    @Test
    void the_last_admin_stays() {
        properties.clear();
        Users users = opened();
        for (Runnable attempt :
                List.<Runnable>of(
                        () -> users.delete("admin"),
                        () -> users.change("admin", List.of(Role.OPERATOR), false),
                        () -> users.change("admin", Role.ALL, true))) {
            assertThatThrownBy(attempt::run).hasMessageStartingWith("DMG4607 user 'admin'");
        }

        users.create("ann", List.of(Role.ADMIN));
        assertThat(users.delete("admin")).isTrue();
        assertThatThrownBy(() -> users.delete("ann")).hasMessageStartingWith("DMG4607");
    }

    @Test
    void a_configured_user_goes_before_a_kept_one_and_cannot_be_changed() {
        properties.clear();
        Users kept = opened();
        String password = kept.resetPassword("admin").orElseThrow().password();
        properties.put("dermaga.admin.password", "configured");
        properties.put("dermaga.viewer.password", "seen");
        properties.put("dermaga.viewer.roles", "payload-reader");

        Users users = opened();
        assertThat(mayLogIn(users, "admin", "configured")).isTrue();
        assertThat(mayLogIn(users, "admin", password)).isFalse();
        assertThat(users.find("admin").orElseThrow().passwordDue()).isFalse();
        assertThat(
                        users.validate(new UsernamePasswordCredential("viewer", "seen"))
                                .getCallerGroups())
                .containsExactlyInAnyOrder(Role.VIEWER, Role.PAYLOAD_READER);
        assertThatThrownBy(() -> users.delete("admin")).hasMessageStartingWith("DMG4608");
        assertThatThrownBy(() -> users.choosePassword("viewer", OWN))
                .hasMessageStartingWith("DMG4608");
        assertThatThrownBy(() -> users.create("viewer", List.of(Role.VIEWER)))
                .hasMessageStartingWith("DMG4605");
    }

    @Test
    void the_configured_viewer_sees_no_contents_unless_he_is_given_that() {
        properties.put("dermaga.viewer.password", "seen");

        assertThat(
                        opened().validate(new UsernamePasswordCredential("viewer", "seen"))
                                .getCallerGroups())
                .containsExactly(Role.VIEWER);
    }

    @Test
    void names_and_roles_that_cannot_be_are_refused_with_what_is_allowed() {
        Users users = opened();
        for (String name : List.of("", " ann", "a b", "<b>", "-a", "a".repeat(65), "ä")) {
            assertThatThrownBy(() -> users.create(name, List.of(Role.VIEWER)))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("DMG4603");
        }
        assertThatThrownBy(() -> users.create("ann", List.of("root")))
                .hasMessageStartingWith("DMG4604 roles: given 'root', allowed: viewer");
        users.create("ann", List.of(Role.VIEWER));
        assertThatThrownBy(() -> users.create("Ann", List.of(Role.VIEWER)))
                .hasMessageStartingWith("DMG4605");
    }

    @Test
    void the_same_password_is_no_new_one() {
        Users users = opened();
        String password = users.create("ann", List.of(Role.VIEWER)).password();

        assertThatThrownBy(() -> users.choosePassword("ann", password))
                .hasMessageStartingWith("DMG4612")
                .hasMessageNotContaining(password);
    }

    @Test
    void a_damaged_file_lets_nobody_in_and_is_not_overwritten() throws IOException {
        Files.createDirectories(data());
        Files.writeString(file(), "{\"users\":[{\"name\":\"ann\"}]}");

        Users users = opened();
        assertThat(mayLogIn(users, "ann", "")).isFalse();
        assertThat(mayLogIn(users, "admin", "configured")).isTrue();
        assertThatThrownBy(() -> users.create("ben", List.of(Role.VIEWER)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("DMG4602");
        assertThat(Files.readString(file())).contains("ann");
    }

    @Test
    void a_directory_that_cannot_be_written_is_said_with_its_number() throws IOException {
        properties.clear();
        Files.createFile(data());

        assertThatThrownBy(this::opened)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DMG4002")
                .hasMessageContaining(data().toString());
    }
}
