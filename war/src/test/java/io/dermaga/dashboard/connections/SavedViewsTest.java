package io.dermaga.dashboard.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedViewsTest {

    private Path directory;
    private Path file;
    private SavedViews views;

    @BeforeEach
    void open(@TempDir Path temporary) {
        directory = temporary;
        file = directory.resolve("views.json");
        views = opened();
    }

    private SavedViews opened() {
        SavedViews opened = new SavedViews(user -> !user.equals("gone"));
        opened.open(directory);
        return opened;
    }

    private static SavedView view(String name) {
        return new SavedView(name, "q=" + name.length());
    }

    @Test
    void a_view_is_there_after_a_restart_for_its_user_alone() throws IOException {
        assertThat(views.save("anna", view("large"))).isFalse();
        assertThat(views.save("anna", view("große „Kunden“"))).isFalse();
        assertThat(views.save("anna", new SavedView("large", "minRead=1GiB"))).isTrue();

        assertThat(opened().of("anna"))
                .containsExactly(view("große „Kunden“"), new SavedView("large", "minRead=1GiB"));
        assertThat(opened().of("ben")).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_view_is_renamed_and_deleted_and_never_takes_the_name_of_another() {
        views.save("anna", view("one"));
        views.save("anna", view("two"));

        assertThatThrownBy(() -> views.rename("anna", "one", "two"))
                .hasMessage("DMG4715 there is a view 'two' already");
        assertThat(views.rename("anna", "one", "three")).isTrue();
        assertThat(views.rename("anna", "one", "four")).isFalse();
        assertThat(views.delete("anna", "two")).isTrue();
        assertThat(views.delete("anna", "two")).isFalse();
        assertThat(views.delete("ben", "three")).isFalse();

        assertThat(opened().of("anna")).containsExactly(new SavedView("three", "q=3"));
    }

    @Test
    void a_user_has_twenty_views_at_most() {
        for (int i = 0; i < SavedViews.MOST; i++) {
            views.save("anna", view("view " + i));
        }

        assertThatThrownBy(() -> views.save("anna", view("one more")))
                .hasMessage("DMG4714 there are 20 views, allowed: 20; delete one");
        assertThat(views.save("anna", view("view 7"))).isTrue();
        assertThat(views.of("anna")).hasSize(SavedViews.MOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a\nb", "\u202Eabc", "12345678901234567890123456789012345678901"})
    void a_name_is_short_and_on_one_line(String name) {
        assertThatThrownBy(() -> view(name))
                .hasMessageStartingWith("DMG4712 name of a view: given");
    }

    @Test
    void an_address_is_not_longer_than_it_may_be() {
        assertThatThrownBy(() -> new SavedView("long", "q=" + "x".repeat(2_000)))
                .hasMessage("DMG4713 a view has an address of 2002 characters, allowed: 2000");
    }

    @Test
    void views_of_a_user_who_is_no_more_go_with_the_next_change() {
        views.save("gone", view("one"));
        views.save("anna", view("one"));

        assertThat(opened().of("gone")).isEmpty();
        assertThat(opened().of("anna")).hasSize(1);
    }

    @Test
    void a_damaged_file_is_neither_read_nor_overwritten() throws IOException {
        Files.writeString(file, "{\"connections\":{\"anna\":[{\"name\":7}]}}");
        SavedViews damaged = opened();

        assertThat(damaged.of("anna")).isEmpty();
        assertThatThrownBy(() -> damaged.save("anna", view("one")))
                .hasMessageStartingWith("DMG4711");
        assertThat(file).hasContent("{\"connections\":{\"anna\":[{\"name\":7}]}}");
    }

    @Test
    void what_cannot_be_written_is_told_and_changes_nothing() throws IOException {
        views.save("anna", view("one"));
        Files.createDirectories(directory.resolve("views.json.new/not-empty"));

        assertThatThrownBy(() -> views.save("anna", view("two"))).hasMessageStartingWith("DMG4716");
        assertThat(views.of("anna")).containsExactly(view("one"));
        assertThat(opened().of("anna")).containsExactly(view("one"));
    }
}
