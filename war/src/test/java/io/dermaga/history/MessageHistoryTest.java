package io.dermaga.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.history.HistoryDatabase.Kept;
import io.dermaga.history.HistoryWriter.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database of the history, beside a real adapter. */
@SuppressWarnings("NullAway.Init") // opened before each test
class MessageHistoryTest {

    @TempDir Path directory;
    private HistoryDatabase database;

    @BeforeEach
    void open() throws IOException {
        database = new HistoryDatabase(settings(1_000_000, 1 << 30));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private HistorySettings settings(long messages, long bytes) {
        return new HistorySettings(
                directory.resolve("history"), Duration.ofDays(30), messages, bytes);
    }

    private TalkingAdapter adapter(String... listeners) {
        return new TalkingAdapter(directory.resolve("adapter"), listeners);
    }

    private static List<String> lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).toList();
    }

    private int writeAll(Monitor monitor) throws SQLException {
        HistoryWriter writer = new HistoryWriter(database);
        int all = 0;
        int some;
        do {
            some = writer.write(monitor);
            all += some;
        } while (some > 0);
        return all;
    }

    private Progress progress(Monitor monitor) throws SQLException {
        return new HistoryWriter(database).progress(monitor.snapshot().startedAt());
    }

    private List<StoredMessage> found(MessageSearch wanted, @Nullable Long after, int max) {
        return database.read(manager -> wanted.run(manager, after, max));
    }

    private List<String> contents(List<StoredMessage> messages) {
        return messages.stream().map(this::content).toList();
    }

    private String content(StoredMessage message) {
        return database.read(
                manager -> {
                    MessageContent kept =
                            manager.find(StoredContent.class, message.place()).content();
                    return kept == null
                            ? "nothing"
                            : StandardCharsets.UTF_8.decode(kept.head()).toString();
                });
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static MessageSearch of(
            @Nullable String listener, @Nullable Outcome outcome, @Nullable String error) {
        return new MessageSearch(listener, null, outcome, error, null, null, null);
    }

    @Test
    void a_message_is_found_as_the_adapter_told_of_it() throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", List.of("one", "bad two"));
            writeAll(adapter.monitor());

            List<StoredMessage> stored = found(MessageSearch.ALL, null, 10);

            assertThat(stored)
                    .extracting(StoredMessage::facts)
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sequence")
                    .containsExactlyElementsOf(reversed(adapter.monitor().messages(0, 10)));
            assertThat(contents(stored)).containsExactly("bad two", "one");
        }
    }

    @Test
    void each_message_is_written_once_by_whoever_writes() throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", lines(1, 1_500));
            assertThat(writeAll(adapter.monitor())).isEqualTo(1_500);
            assertThat(writeAll(adapter.monitor())).isZero();

            database.close(); // a new deployment of the dashboard
            open();
            adapter.send("orders", lines(1_501, 1_510));
            assertThat(writeAll(adapter.monitor())).isEqualTo(10);
            assertThat(progress(adapter.monitor())).isEqualTo(new Progress(1_510, 1_510, 0));
        }
        try (TalkingAdapter next = adapter("orders")) {
            next.send("orders", List.of("of the next start"));
            assertThat(writeAll(next.monitor())).isEqualTo(1);
        }
        assertThat(contents(found(MessageSearch.ALL, null, 3)))
                .containsExactly("of the next start", "line 1510", "line 1509");
        assertThat(database.kept().messages()).isEqualTo(1_511);
    }

    @Test
    void what_the_adapter_has_forgotten_is_counted_exactly() throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", lines(1, 7));
            assertThat(writeAll(adapter.monitor())).isEqualTo(7);

            adapter.send("orders", lines(8, Monitor.MESSAGES_KEPT + 20));
            assertThat(writeAll(adapter.monitor())).isEqualTo(Monitor.MESSAGES_KEPT);

            long all = Monitor.MESSAGES_KEPT + 20;
            assertThat(progress(adapter.monitor()))
                    .isEqualTo(new Progress(all, Monitor.MESSAGES_KEPT + 7, 13));
            assertThat(database.kept().messages()).isEqualTo(Monitor.MESSAGES_KEPT + 7);
        }
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition_while_messages_come() throws Exception {
        try (TalkingAdapter adapter = adapter("orders", "others")) {
            adapter.send("orders", lines(1, 25));
            adapter.send("others", lines(1, 5));
            writeAll(adapter.monitor());

            List<StoredMessage> first = found(of("orders", null, null), null, 10);
            adapter.send("orders", lines(26, 30));
            writeAll(adapter.monitor());
            List<StoredMessage> second = found(of("orders", null, null), first.get(9).place(), 10);
            List<StoredMessage> third = found(of("orders", null, null), second.get(9).place(), 10);

            assertThat(contents(first)).first().isEqualTo("line 25");
            assertThat(contents(second)).first().isEqualTo("line 15");
            assertThat(contents(third))
                    .containsExactly("line 5", "line 4", "line 3", "line 2", "line 1");
        }
    }

    @Test
    void a_search_takes_everything_that_it_is_given() throws Exception {
        try (TalkingAdapter adapter = adapter("orders", "others")) {
            adapter.send("orders", List.of("one", "bad two"));
            adapter.send("others", List.of("three"));
            writeAll(adapter.monitor());
            StoredMessage three = found(of("others", null, null), null, 1).get(0);

            assertThat(contents(found(of(null, Outcome.FAILED, null), null, 9)))
                    .containsExactly("bad two");
            assertThat(contents(found(of(null, null, "IS bad, 100%"), null, 9)))
                    .containsExactly("bad two");
            assertThat(found(of(null, null, "bad_ 100"), null, 9)).isEmpty();
            assertThat(found(of("ORDERS", null, null), null, 9)).isEmpty();
            assertThat(
                            contents(
                                    found(
                                            new MessageSearch(
                                                    null,
                                                    Peers.text(three.facts().remoteAddress())
                                                            .substring(3),
                                                    null,
                                                    null,
                                                    three.facts().connectionId(),
                                                    three.facts().firstByteAt(),
                                                    three.facts().firstByteAt().plusNanos(1)),
                                            null,
                                            9)))
                    .containsExactly("three");
            assertThat(
                            found(
                                    new MessageSearch(
                                            "others",
                                            null,
                                            null,
                                            null,
                                            null,
                                            null,
                                            three.facts().firstByteAt()),
                                    null,
                                    9))
                    .isEmpty();
        }
    }

    @Test
    void of_each_listener_the_newest_stay() throws Exception {
        try (TalkingAdapter adapter = adapter("orders", "others")) {
            adapter.send("orders", lines(1, 2_500));
            adapter.send("others", lines(1, 3));
            writeAll(adapter.monitor());

            HistoryPruner pruner = new HistoryPruner(database, settings(4, 1 << 30), () -> false);
            assertThat(pruner.prune(Instant.now())).isEqualTo(2_496);

            assertThat(contents(found(of("orders", null, null), null, 9)))
                    .containsExactly("line 2500", "line 2499", "line 2498", "line 2497");
            assertThat(found(of("others", null, null), null, 9)).hasSize(3);
            assertThat(database.kept()).isEqualTo(new Kept(7, 4 * 9 + 3 * 6));
            assertThat(pruner.prune(Instant.now())).isZero();
        }
    }

    @Test
    void of_each_listener_so_many_bytes_stay() throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", List.of("x".repeat(900), "small 1", "small 2", "small 3"));
            writeAll(adapter.monitor());

            new HistoryPruner(database, settings(100, 14), () -> false).prune(Instant.now());

            assertThat(contents(found(MessageSearch.ALL, null, 9)))
                    .containsExactly("small 3", "small 2");
            assertThat(database.kept()).isEqualTo(new Kept(2, 14));
        }
    }

    @Test
    void what_is_too_old_goes_and_the_rest_stays() throws Exception {
        Instant later;
        try (TalkingAdapter adapter = adapter("orders", "others")) {
            adapter.send("orders", lines(1, 1_200));
            adapter.send("others", lines(1, 3));
            writeAll(adapter.monitor());
            later = Instant.now().plus(Duration.ofDays(30)).plusSeconds(2);
            HistoryPruner pruner =
                    new HistoryPruner(database, settings(1_000_000, 1 << 30), () -> false);

            assertThat(pruner.prune(later.minusSeconds(60))).isZero();
            assertThat(pruner.prune(later)).isEqualTo(1_203);
            assertThat(database.kept()).isEqualTo(new Kept(0, 0));
            assertThat(pruner.prune(later)).isZero();
        }
    }

    @Test
    void nobody_else_may_read_what_peers_have_sent() throws Exception {
        Path kept = directory.resolve("history");
        assertThat(kept.resolve("messages.mv.db")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rwx------");
    }

    @Test
    void an_address_is_read_as_it_was_written() throws Exception {
        for (String text : new String[] {"10.0.0.7:1", "[2001:db8:0:0:0:0:0:7]:65535"}) {
            assertThat(Peers.address(text).isUnresolved()).isFalse();
            assertThat(Peers.text(Peers.address(text))).isEqualTo(text);
        }
        for (String text : new String[] {"device.example:7", "[fe80::1%gone0]:7"}) {
            assertThat(Peers.address(text).isUnresolved()).isTrue();
            assertThat(Peers.text(Peers.address(text))).isEqualTo(text);
        }
    }

    @Test
    void a_history_of_nothing_has_nothing_to_find_or_remove() throws Exception {
        assertThat(found(MessageSearch.ALL, null, 1)).isEmpty();
        assertThat(database.kept()).isEqualTo(new Kept(0, 0));
        assertThat(new HistoryPruner(database, settings(1, 1), () -> false).prune(Instant.now()))
                .isZero();
    }
}
