package io.dermaga.engine.deadletter;

import static io.dermaga.engine.deadletter.Letters.bytes;
import static io.dermaga.engine.deadletter.Letters.letter;
import static io.dermaga.engine.deadletter.Letters.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dermaga.api.monitor.DeadLetter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store does when it can keep no more. */
class DeadLetterBoundsTest {

    private final List<String> warnings = new ArrayList<>();

    private static long filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith(".lock")).count();
        }
    }

    private static void assertFull(DeadLetterStore store, String id, String content) {
        assertThatIOException()
                .isThrownBy(() -> store.keep(letter(id, content, 2), stream(content)))
                .withMessageStartingWith("DMG3202 dead letter '%s' finds no room: given ", id);
    }

    @Test
    void a_letter_beyond_the_capacity_leaves_nothing_and_finds_room_after_a_deletion(
            @TempDir Path folder) throws IOException {
        String half = "x".repeat(5000);
        try (DeadLetterStore store = new DeadLetterStore(folder, 10_000, warnings::add)) {
            store.keep(letter("a-1.1", half, 1), stream(half));
            long used = store.used();
            assertFull(store, "a-1.2", half);
            assertThatIOException()
                    .isThrownBy(() -> store.edit("a-1.1", bytes(half)))
                    .withMessageStartingWith("DMG3202");
            assertThat(store.used()).isEqualTo(used);
            assertThat(store.find("a-1.2")).isEmpty();
            assertThat(store.find("a-1.1")).contains(letter("a-1.1", half, 1));
            assertThat(filesIn(folder)).isEqualTo(2);

            store.delete("a-1.1");
            store.keep(letter("a-1.2", half, 2), stream(half));
            assertThat(store.size()).isEqualTo(1);
            assertThat(store.used()).isBetween(5000L, 10_000L);
        }
    }

    @Test
    void used_bytes_are_those_of_the_files_also_after_reopening(@TempDir Path folder)
            throws IOException {
        long used;
        try (DeadLetterStore store = new DeadLetterStore(folder, 100_000, warnings::add)) {
            store.keep(letter("a-1.1", "one", 1), stream("one"));
            store.keep(letter("a-1.2", "two", 2), stream("two"));
            store.edit("a-1.2", bytes("edited twice"));
            store.edit("a-1.2", bytes("edited"));
            store.replayed("a-1.1", "DMG3001 no");
            store.replayed("a-1.2", null);
            used = store.used();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(used).isEqualTo(files.mapToLong(file -> file.toFile().length()).sum());
        }
        try (DeadLetterStore store = new DeadLetterStore(folder, 1, warnings::add)) {
            assertThat(store.used()).isEqualTo(used);
            assertThat(store.size()).isEqualTo(1);
            assertFull(store, "a-1.3", "three");
        }
    }

    @Test
    void there_are_never_more_letters_than_allowed(@TempDir Path folder) throws IOException {
        try (DeadLetterStore store = new DeadLetterStore(folder, 100_000, 2, warnings::add)) {
            store.keep(letter("a-1.1", "", 1), stream(""));
            store.keep(letter("a-1.2", "", 2), stream(""));
            assertFull(store, "a-1.3", "");
            store.keep(letter("a-1.2", "", 3), stream(""));
            store.delete("a-1.2");
            store.keep(letter("a-1.3", "", 4), stream(""));
            assertThat(store.size()).isEqualTo(2);
        }
    }

    @Test
    void content_that_ends_early_or_late_or_in_an_error_is_not_kept(@TempDir Path folder)
            throws IOException {
        DeadLetter five = letter("a-1.1", "12345", 1);
        try (DeadLetterStore store = new DeadLetterStore(folder, 100_000, warnings::add)) {
            for (String wrong : List.of("1234", "123456")) {
                assertThatIOException()
                        .isThrownBy(() -> store.keep(five, stream(wrong)))
                        .withMessageStartingWith("DMG3201 dead letter 'a-1.1' cannot be written")
                        .withMessageEndingWith("its content is not of its size, 5");
            }
            InputStream broken = InputStream.nullInputStream();
            broken.close();
            assertThatIOException()
                    .isThrownBy(() -> store.keep(five, broken))
                    .withMessageStartingWith("DMG3201");
            assertThat(filesIn(folder)).isZero();
            assertThat(store.used()).isZero();
            store.keep(five, stream("12345"));
            assertThat(store.size()).isEqualTo(1);
        }
    }

    @Test
    void one_adapter_at_a_time_has_the_directory(@TempDir Path folder) throws IOException {
        try (DeadLetterStore second = secondOf(folder)) {
            assertThat(second.size()).isZero();
            second.keep(letter("a-1.2", "two", 2), stream("two"));
            assertThat(second.size()).isEqualTo(2);
        }
        assertThat(warnings).isNotEmpty();
    }

    /** One that was opened while another had the directory, which is gone now. */
    private DeadLetterStore secondOf(Path folder) throws IOException {
        try (DeadLetterStore first = new DeadLetterStore(folder, 100_000, warnings::add)) {
            first.keep(letter("a-1.1", "one", 1), stream("one"));
            DeadLetterStore second = new DeadLetterStore(folder, 100_000, warnings::add);
            assertThatIOException()
                    .isThrownBy(() -> second.keep(letter("a-1.2", "two", 2), stream("two")))
                    .withMessageStartingWith("DMG3204 dead letters in '" + folder);
            return second;
        }
    }

    @Test
    void a_full_disk_leaves_nothing_visible_and_goes_on_when_there_is_room(@TempDir Path folder)
            throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString()))
                .as("a small disk can be mounted")
                .isZero();
        try (DeadLetterStore store = new DeadLetterStore(folder, Long.MAX_VALUE, warnings::add)) {
            String large = "x".repeat(600_000);
            store.keep(letter("a-1.1", large, 1), stream(large));
            assertThatIOException()
                    .isThrownBy(() -> store.keep(letter("a-1.2", large, 2), stream(large)))
                    .withMessageStartingWith("DMG3201 dead letter 'a-1.2' cannot be written in '");
            long used = store.used();
            assertThatIOException()
                    .isThrownBy(() -> store.edit("a-1.1", bytes(large)))
                    .withMessageStartingWith("DMG3201");
            assertThat(store.used()).isEqualTo(used);
            assertThat(store.size()).isEqualTo(1);
            assertThat(filesIn(folder)).isEqualTo(2);
            store.delete("a-1.1");
            store.keep(letter("a-1.2", large, 2), stream(large));
            assertThat(store.find("a-1.2")).isPresent();
        } finally {
            run("umount", folder.toString());
        }
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            return -1; // no such command
        }
    }
}
