package io.dermaga.engine.deadletter;

import static io.dermaga.engine.deadletter.Letters.NOON;
import static io.dermaga.engine.deadletter.Letters.bytes;
import static io.dermaga.engine.deadletter.Letters.letter;
import static io.dermaga.engine.deadletter.Letters.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterGroup;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters are kept, found, changed and removed. */
class DeadLetterStoreTest {

    private static final long MEBIBYTE = 1024 * 1024;

    private final List<String> warnings = new ArrayList<>();
    private Path folder;

    @BeforeEach
    void use(@TempDir Path temporary) {
        folder = temporary;
    }

    private DeadLetterStore open() {
        return new DeadLetterStore(directory(), MEBIBYTE, warnings::add);
    }

    private Path directory() {
        return folder.resolve("data/dead-letters");
    }

    private static void keep(DeadLetterStore store, DeadLetter letter, String content)
            throws IOException {
        store.keep(letter, stream(content));
    }

    private static String text(Optional<InputStream> content) throws IOException {
        try (InputStream bytes = content.orElseThrow()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> ids(List<DeadLetter> letters) {
        return letters.stream().map(DeadLetter::id).toList();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void an_empty_store_makes_no_directory() {
        try (DeadLetterStore store = open()) {
            assertThat(store.size()).isZero();
            assertThat(store.used()).isZero();
            assertThat(store.page(DeadLetterFilter.ALL, null, 10)).isEmpty();
            assertThat(directory()).doesNotExist();
        }
    }

    @Test
    void a_letter_is_there_after_reopening_with_all_its_facts() throws IOException {
        DeadLetter plain = letter("t8k3x1ab-17.5", "hello", 3);
        DeadLetter rich =
                new DeadLetter(
                        "t8k3x1ab-18.1",
                        "=orders: #1!",
                        " Inbox \\ bean\\",
                        "archive",
                        new DeadLetter.Origin(
                                "t8k3x1ab-18",
                                new InetSocketAddress("fd00::7", 51422),
                                InetSocketAddress.createUnresolved("somewhere", 1),
                                NOON,
                                "CN=Zoë 🚢,O=Ä"),
                        5,
                        "UTF-16",
                        NOON,
                        new DeadLetter.Failure(
                                NOON,
                                NOON.plusSeconds(9),
                                1,
                                "DMG3001 \u0001 \\u0001",
                                " a\n\n  b\r\n\tc \n"),
                        false,
                        DeadLetter.Replays.NONE);
        try (DeadLetterStore store = open()) {
            keep(store, plain, "hello");
            keep(store, rich, "world");
        }
        try (DeadLetterStore store = open()) {
            assertThat(store.find(plain.id())).contains(plain);
            assertThat(store.find(rich.id())).contains(rich);
            assertThat(text(store.content(plain.id()))).isEqualTo("hello");
            assertThat(text(store.original(rich.id()))).isEqualTo("world");
            assertThat(store.size()).isEqualTo(2);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void the_files_can_be_read_without_the_product_and_by_the_owner_alone() throws IOException {
        try (DeadLetterStore store = open()) {
            keep(store, letter("t8k3x1ab-17.5", "hello", 3), "hello");
            store.edit("t8k3x1ab-17.5", bytes("hullo"));
        }
        assertThat(files())
                .containsExactly(
                        "t8k3x1ab-17.5.edited",
                        "t8k3x1ab-17.5.payload",
                        "t8k3x1ab-17.5.properties");
        assertThat(directory().resolve("t8k3x1ab-17.5.payload")).hasContent("hello");
        assertThat(directory().resolve("t8k3x1ab-17.5.edited")).hasContent("hullo");
        assertThat(Files.readAllLines(directory().resolve("t8k3x1ab-17.5.properties")))
                .contains(
                        "remoteAddress=10.0.0.7:51422",
                        "lastFailedAt=2026-03-01T12:00:03.123456789Z",
                        "stack=java.lang.IllegalStateException: no\\n\\",
                        "  \\tat Inbox.onPayload\\n\\");
        assertThat(Files.getPosixFilePermissions(directory())).hasSize(3);
        for (String file : files()) {
            assertThat(Files.getPosixFilePermissions(directory().resolve(file))).hasSize(2);
        }
    }

    @Test
    void the_rest_of_a_crash_is_removed_and_files_of_others_are_not() throws IOException {
        Files.createDirectories(directory());
        List<String> rest =
                List.of(
                        "a-1.1.payload",
                        "a-1.2.edited",
                        "a-1.3.properties.tmp",
                        "a-1.4.payload",
                        "a-1.4.properties.tmp",
                        "a-1.5.edited.tmp");
        for (String name : rest) {
            Files.writeString(directory().resolve(name), "half");
        }
        Files.writeString(directory().resolve("notes.txt"), "ours");
        try (DeadLetterStore store = open()) {
            assertThat(store.size()).isZero();
            assertThat(store.used()).isZero();
            assertThat(files()).containsExactly("notes.txt");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void facts_that_cannot_be_read_are_skipped_with_a_warning_and_left() throws IOException {
        try (DeadLetterStore store = open()) {
            keep(store, letter("a-1.1", "one", 1), "one");
            keep(store, letter("a-1.2", "two", 2), "two");
            keep(store, letter("a-1.3", "three", 3), "three");
            keep(store, letter("a-1.4", "four", 4), "four");
        }
        Files.writeString(directory().resolve("a-1.1.properties"), "id=a-1.1\nsize=\\uzzzz\n");
        Files.writeString(directory().resolve("a-1.2.payload"), "tw");
        Files.copy(
                directory().resolve("a-1.4.properties"), directory().resolve("a-1.5.properties"));
        List<String> before = files();
        try (DeadLetterStore store = open()) {
            assertThat(ids(store.page(DeadLetterFilter.ALL, null, 10)))
                    .containsExactly("a-1.4", "a-1.3");
        }
        assertThat(files()).isEqualTo(before);
        assertThat(warnings)
                .hasSize(3)
                .allMatch(text -> text.startsWith("DMG3203 facts of a dead letter in '"))
                .anyMatch(text -> text.contains("a-1.1.properties'"))
                .anyMatch(text -> text.contains("of the payload's 3 bytes 2 are there"))
                .anyMatch(text -> text.contains("they are of 'a-1.4'"));
    }

    @Test
    void a_letter_that_is_kept_twice_is_there_once_with_the_newer_failure() throws IOException {
        try (DeadLetterStore store = open()) {
            keep(store, letter("a-1.1", "one", 1), "one");
            store.edit("a-1.1", bytes("uno"));
            store.replayed("a-1.1", "DMG3001 again");
            keep(store, letter("a-1.2", "two", 2), "two");
            keep(store, letter("a-1.1", "one", 9), "never read");
            assertThat(ids(store.page(DeadLetterFilter.ALL, null, 10)))
                    .containsExactly("a-1.1", "a-1.2");
        }
        try (DeadLetterStore store = open()) {
            DeadLetter twice = store.find("a-1.1").orElseThrow();
            assertThat(twice.failure()).isEqualTo(letter("a-1.1", "one", 9).failure());
            assertThat(twice.replays().failed()).isEqualTo(1);
            assertThat(text(store.content("a-1.1"))).isEqualTo("uno");
            assertThat(text(store.original("a-1.1"))).isEqualTo("one");
            assertThat(store.size()).isEqualTo(2);
        }
    }

    @Test
    void what_was_edited_is_delivered_and_the_original_is_kept() throws IOException {
        try (DeadLetterStore store = open()) {
            keep(store, letter("a-1.1", "one", 1), "one");
            assertThat(store.edit("a-1.1", bytes("eins"))).isPresent();
            assertThat(store.edit("a-1.1", bytes("uno"))).isPresent();
            assertThat(store.find("a-1.1").orElseThrow().edited()).isTrue();
            assertThat(text(store.content("a-1.1"))).isEqualTo("uno");
            assertThat(text(store.original("a-1.1"))).isEqualTo("one");
        }
        try (DeadLetterStore store = open()) {
            assertThat(store.page(DeadLetterFilter.ALL, null, 1).get(0).edited()).isTrue();
            assertThat(text(store.content("a-1.1"))).isEqualTo("uno");
            assertThat(store.delete("a-1.1")).isPresent();
            assertThat(files()).isEmpty();
            assertThat(store.used()).isZero();
        }
    }

    @Test
    void a_replay_removes_the_letter_or_notes_why_it_failed() throws IOException {
        try (DeadLetterStore store = open()) {
            keep(store, letter("a-1.1", "one", 1), "one");
            keep(store, letter("a-1.2", "two", 2), "two");
            assertThat(store.replayed("a-1.1", null)).isTrue();
            assertThat(store.replayed("a-1.2", "DMG3001 no")).isTrue();
            assertThat(store.replayed("a-1.2", "DMG3001 still no")).isTrue();
            assertThat(store.replayed("a-1.1", "DMG3001 late")).isFalse();
        }
        try (DeadLetterStore store = open()) {
            assertThat(store.find("a-1.1")).isEmpty();
            DeadLetter failed = store.find("a-1.2").orElseThrow();
            assertThat(failed.replays().failed()).isEqualTo(2);
            assertThat(failed.replays().lastError()).isEqualTo("DMG3001 still no");
            assertThat(failed.replays().lastAt()).isAfter(NOON);
            assertThat(failed.failure()).isEqualTo(letter("a-1.2", "two", 2).failure());
        }
    }

    @Test
    void a_letter_is_claimed_once_and_neither_edited_nor_deleted_meanwhile() throws IOException {
        try (DeadLetterStore store = open()) {
            keep(store, letter("a-1.1", "one", 1), "one");
            assertThat(store.claim("a-1.1")).isTrue();
            assertThat(store.claim("a-1.1")).isFalse();
            assertThat(store.claim("a-1.2")).isFalse();
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.delete("a-1.1"))
                    .withMessage("DMG3208 dead letter 'a-1.1' is being replayed");
            assertThatIllegalStateException().isThrownBy(() -> store.edit("a-1.1", bytes("x")));
            store.release("a-1.1");
            assertThat(store.claim("a-1.1")).isTrue();
            store.release("a-1.1");
            assertThat(store.delete("a-1.1")).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../data/dead-letters/a-1.1", "a-1.1/../a-1.1", "..", ".", "", "/etc"})
    void an_id_that_is_a_path_is_not_found_and_cannot_be_kept(String id) throws IOException {
        try (DeadLetterStore store = open()) {
            keep(store, letter("a-1.1", "one", 1), "one");
            assertThat(store.find(id)).isEmpty();
            assertThat(store.content(id)).isEmpty();
            assertThat(store.original(id)).isEmpty();
            assertThat(store.edit(id, bytes("x"))).isEmpty();
            assertThat(store.delete(id)).isEmpty();
            assertThat(store.replayed(id, null)).isFalse();
            assertThat(store.claim(id)).isFalse();
            assertThat(files()).hasSize(2);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> letter(id, "", 1))
                .withMessageStartingWith("DMG3209 'id' of a dead letter: given " + id + ", ");
    }

    @Test
    void pages_follow_each_other_newest_first_also_when_their_last_letter_is_gone()
            throws IOException {
        try (DeadLetterStore store = open()) {
            for (int i = 1; i <= 5; i++) {
                keep(store, letter("a-1." + i, "x", i / 2), "x");
            }
            assertThat(ids(store.page(DeadLetterFilter.ALL, null, 2)))
                    .containsExactly("a-1.5", "a-1.4");
            assertThat(ids(store.page(DeadLetterFilter.ALL, "a-1.4", 2)))
                    .containsExactly("a-1.3", "a-1.2");
            store.delete("a-1.4");
            assertThat(ids(store.page(DeadLetterFilter.ALL, "a-1.4", 2)))
                    .containsExactly("a-1.3", "a-1.2");
            assertThat(ids(store.page(DeadLetterFilter.ALL, "a-1.2", 2))).containsExactly("a-1.1");
            assertThat(store.page(DeadLetterFilter.ALL, "a-1.1", 2)).isEmpty();
            assertThat(store.page(DeadLetterFilter.ALL, null, 9))
                    .allMatch(one -> one.failure().stack().isEmpty());
        }
    }

    @Test
    void a_filter_takes_letters_for_which_all_of_it_holds() throws IOException {
        try (DeadLetterStore store = open()) {
            keep(store, letter("a-1.1", "x", 1), "x");
            keep(store, letter("a-1.2", "x", 2, "labels", "TimeoutException: 30 s"), "x");
            keep(store, letter("a-2.1", "x", 3, "labels", "TimeoutException: 60 s"), "x");
            assertFound(store, filter("labels", null, null, null), "a-2.1", "a-1.2");
            assertFound(store, filter(null, "TIMEOUT", null, null), "a-2.1", "a-1.2");
            assertFound(store, filter(null, "timeoutexception: # s", null, null), "a-2.1", "a-1.2");
            assertFound(store, filter(null, null, "0.7:514", null), "a-2.1", "a-1.2", "a-1.1");
            assertFound(store, filter(null, null, "10.0.0.8", null));
            assertFound(store, filter("labels", null, null, "a-1"), "a-1.2");
            assertFound(
                    store,
                    new DeadLetterFilter(
                            null, null, null, NOON.plusSeconds(1), NOON.plusSeconds(3), null),
                    "a-1.2",
                    "a-1.1");
        }
    }

    private static DeadLetterFilter filter(
            @Nullable String listener,
            @Nullable String cause,
            @Nullable String remote,
            @Nullable String id) {
        return new DeadLetterFilter(listener, cause, remote, null, null, id);
    }

    private static void assertFound(DeadLetterStore store, DeadLetterFilter filter, String... ids) {
        assertThat(ids(store.page(filter, null, 10))).containsExactly(ids);
        assertThat(store.count(filter)).isEqualTo(ids.length);
    }

    @Test
    void letters_with_the_same_fault_are_one_group() throws IOException {
        try (DeadLetterStore store = open()) {
            keep(store, letter("a-1.1", "x", 1, "o", "IOException: order 17 closed"), "x");
            keep(store, letter("a-1.2", "x", 2, "p", "IOException: order 9 closed"), "x");
            keep(store, letter("a-1.3", "x", 3, "o", "transaction was rolled back"), "x");
            assertThat(store.groups(DeadLetterFilter.ALL))
                    .containsExactly(
                            new DeadLetterGroup(
                                    "IOException: order # closed", 2, NOON.plusSeconds(2)),
                            new DeadLetterGroup(
                                    "transaction was rolled back", 1, NOON.plusSeconds(3)));
            assertThat(store.groups(filter("p", null, null, null))).hasSize(1);
        }
    }
}
