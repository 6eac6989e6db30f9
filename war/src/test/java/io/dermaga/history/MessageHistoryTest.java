package io.dermaga.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.TestEngine;
import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.attributes.Attribute;
import io.dermaga.attributes.Attributes;
import io.dermaga.history.HistoryDatabase.Kept;
import io.dermaga.history.HistoryWriter.Feed;
import io.dermaga.history.HistoryWriter.Progress;
import io.dermaga.masking.Masks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The history in each of its databases, beside a real adapter. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("NullAway.Init") // opened before each test
class MessageHistoryTest {

    @Parameter DatabaseKind kind;
    @TempDir Path directory;
    private HistorySource source;
    private HistoryDatabase database;
    private Attributes attributes = Attributes.of("");

    @BeforeEach
    void open() throws IOException, SQLException {
        source =
                switch (kind) {
                    case H2 -> new HistorySource.Embedded(directory.resolve("history"));
                    case POSTGRESQL -> Postgres.newDatabase();
                };
        reopen();
    }

    private void reopen() throws IOException, SQLException {
        database = new HistoryDatabase(settings(1_000_000, 1 << 30));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private HistorySettings settings(long messages, long bytes) {
        return new HistorySettings(source, Duration.ofDays(30), messages, bytes);
    }

    private TalkingAdapter adapter(String... listeners) {
        return new TalkingAdapter(directory.resolve("adapter"), listeners);
    }

    private static List<String> lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).toList();
    }

    /** Returns how many messages were written. */
    private long writeAll(Monitor monitor) throws SQLException {
        return writeAll(monitor, Masks.of(""));
    }

    private long writeAll(Monitor monitor, Masks masks) throws SQLException {
        long before = progress(monitor).written();
        HistoryWriter writer = new HistoryWriter(database, masks, attributes);
        while (writer.write(monitor) > 0) {
            // the next batch
        }
        return progress(monitor).written() - before;
    }

    private Progress progress(Monitor monitor) throws SQLException {
        return new HistoryWriter(database, Masks.of(""), attributes)
                .progress(monitor.snapshot().startedAt(), Feed.MESSAGES);
    }

    private FoundMessages page(MessageSearch wanted, @Nullable MessagePlace after, int max) {
        return database.read(
                manager ->
                        new MessageFinder(manager, kind, wanted, Duration.ofMinutes(1))
                                .find(after, max));
    }

    private List<StoredMessage> found(MessageSearch wanted, @Nullable MessagePlace after, int max) {
        return page(wanted, after, max).messages();
    }

    private List<String> contents(List<StoredMessage> messages) {
        return messages.stream().map(this::content).toList();
    }

    private String content(StoredMessage message) {
        return kept(message, MessageContent::head);
    }

    private String kept(StoredMessage message, Function<MessageContent, ByteBuffer> part) {
        return database.read(
                manager -> {
                    MessageContent kept =
                            manager.find(StoredContent.class, message.row()).content();
                    return kept == null
                            ? "nothing"
                            : StandardCharsets.UTF_8.decode(part.apply(kept)).toString();
                });
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    @Test
    void a_message_of_an_earlier_release_is_shown_without_what_it_did_not_know() throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", List.of("one"));
            writeAll(adapter.monitor());
        }
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "update message set stream_start = null, stream_end = null, stream_reads = null,"
                            + " spool = null, redelivery = null, commit_time = null");
        }

        assertThat(found(MessageSearch.ALL, null, 10))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.facts().stream()).isNull();
                            assertThat(one.facts().stages()).isNull();
                            assertThat(one.facts().waiting()).isPositive();
                        });
    }

    private static MessageSearch of(
            @Nullable String listener, @Nullable Outcome outcome, @Nullable String error) {
        return new MessageSearch.Builder().listener(listener).outcome(outcome).error(error).build();
    }

    @Test
    void all_messages_of_a_search_are_read_page_by_page_and_once() throws Exception {
        try (TalkingAdapter adapter = adapter("orders", "labels")) {
            adapter.send("orders", lines(1, 25));
            adapter.send("labels", lines(1, 5));
            writeAll(adapter.monitor());
        }
        MessageSearch wanted = of("orders", null, null);

        List<String> read = new ArrayList<>();
        new FoundIterator(page(wanted, null, 4), place -> Optional.of(page(wanted, place, 4)))
                .forEachRemaining(message -> read.add(message.id()));

        assertThat(read)
                .isEqualTo(found(wanted, null, 99).stream().map(one -> one.facts().id()).toList())
                .hasSize(25);
        FoundIterator away = new FoundIterator(page(wanted, null, 4), place -> Optional.empty());
        for (int i = 0; i < 4; i++) {
            away.next();
        }
        assertThatThrownBy(away::hasNext).hasMessageContaining("DMG4206");
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
    void what_is_to_be_covered_never_comes_to_the_database() throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", List.of("pay 4111111111111111 now", "bad 4111111111111111"));
            writeAll(adapter.monitor(), Masks.of("pan, regex(is Bad)"));

            List<StoredMessage> stored = found(MessageSearch.ALL, null, 10);

            assertThat(contents(stored))
                    .containsExactly("bad 411111******1111", "pay 411111******1111 now");
            assertThat(stored.get(0).facts().error()).contains("DMG3001 it ******, 100%");
            assertThat(found(search().text("4111111111").build(), null, 10)).isEmpty();
        }
    }

    @Test
    void messages_are_found_by_values_that_rules_take_out_of_contents() throws Exception {
        attributes = Attributes.of("order=regex(order (\\S+)), pan=regex(pan (\\S+))");
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send(
                    "orders",
                    List.of("order A47", "order A4711 pan 4111111111111111", "order b_%4711"));
            writeAll(adapter.monitor(), Masks.of("pan"));

            assertThat(contents(by("order=A47"))).containsExactly("order A47");
            assertThat(contents(by("ORDER=a47*"))).hasSize(2);
            assertThat(contents(by("b_%4711"))).containsExactly("order b_%4711");
            assertThat(by("order=_47")).isEmpty();
            assertThat(by("other=A47")).isEmpty();
            assertThat(by("pan=4111111111111111")).isEmpty();
            assertThat(by("pan=411111******1111").get(0).attributes())
                    .containsExactly(
                            new Attribute("order", "A4711"),
                            new Attribute("pan", "411111******1111"));
        }
    }

    private List<StoredMessage> by(String attribute) {
        return found(search().attribute(attribute).build(), null, 10);
    }

    private static MessageSearch.Builder search() {
        return new MessageSearch.Builder();
    }

    @Test
    void each_message_is_written_once_by_whoever_writes() throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", lines(1, 1_500));
            assertThat(writeAll(adapter.monitor())).isEqualTo(1_500);
            assertThat(writeAll(adapter.monitor())).isZero();

            database.close(); // a new deployment of the dashboard
            reopen();
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
            MessageSearch.Builder atThree =
                    new MessageSearch.Builder()
                            .peer(Peers.text(three.facts().remoteAddress()).substring(3))
                            .connection(three.facts().connectionId())
                            .from(three.endedAt())
                            .until(three.endedAt().plusNanos(1));
            assertThat(contents(found(atThree.build(), null, 9))).containsExactly("three");
            assertThat(found(atThree.until(three.endedAt()).build(), null, 9)).isEmpty();
        }
    }

    @Test
    void a_part_of_the_content_is_found_in_any_case_and_nothing_of_it_stands_for_more()
            throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", List.of("PID|Größe 100%", "PID|Groesse 1000", "bad_one"));
            writeAll(adapter.monitor());

            assertThat(contents(found(ofText("gRÖSSE"), null, 9))).isEmpty();
            assertThat(contents(found(ofText("gRÖßE 100%"), null, 9)))
                    .containsExactly("PID|Größe 100%");
            assertThat(contents(found(ofText("pid|%1000"), null, 9))).isEmpty();
            assertThat(contents(found(ofText("d_o"), null, 9))).containsExactly("bad_one");
            assertThat(contents(found(ofText("d%o"), null, 9))).isEmpty();
        }
    }

    @Test
    void what_its_peer_was_told_is_kept_and_counts_and_is_covered() throws Exception {
        try (TalkingAdapter adapter =
                new TalkingAdapter(
                        TestEngine.in(directory.resolve("adapter")),
                        payload -> payload.reply("taken 4111111111111111\0"),
                        "orders")) {
            adapter.send("orders", List.of("one", "bad two"));
            writeAll(adapter.monitor(), Masks.of("pan"));
        }

        List<StoredMessage> stored = found(MessageSearch.ALL, null, 10);

        assertThat(stored)
                .extracting(one -> one.facts().acknowledgement())
                .containsExactly(
                        new Acknowledgement(Acknowledgement.Kind.NONE, 0),
                        new Acknowledgement(Acknowledgement.Kind.REPLY, 23));
        assertThat(acknowledgement(stored.get(0))).isEmpty();
        assertThat(acknowledgement(stored.get(1))).isEqualTo("taken 411111******1111\0");
        assertThat(contents(stored)).containsExactly("bad two", "one");
        try (Connection connection = database.connection();
                Statement query = connection.createStatement();
                ResultSet total = query.executeQuery("select bytes from listener_total")) {
            assertThat(total.next()).isTrue();
            assertThat(total.getLong(1)).isEqualTo("bad two".length() + "one".length() + 23);
        }
    }

    private String acknowledgement(StoredMessage message) {
        return kept(message, MessageContent::acknowledgement);
    }

    private static MessageSearch ofText(String part) {
        return new MessageSearch.Builder().text(part).build();
    }

    @Test
    void bytes_that_are_no_text_come_back_as_they_were() throws Exception {
        byte[] bytes = {'A', 0, (byte) 0xff, '\t', '\\', 'N', '\\', '.', (byte) 0xc3, 0x1f, '\n'};
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", bytes, 1);
            writeAll(adapter.monitor());

            StoredMessage stored = found(ofText("\\n\\."), null, 9).get(0);
            MessageContent content =
                    database.read(
                            manager -> manager.find(StoredContent.class, stored.row()).content());
            assertThat(content.head()).isEqualTo(ByteBuffer.wrap(bytes, 0, bytes.length - 1));
        }
    }

    @Test
    void sizes_times_and_attempts_are_searched() throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", List.of("1", "22", "333"));
            writeAll(adapter.monitor());
            MessageSearch.Builder middle = new MessageSearch.Builder().minSize(2L).maxSize(2L);

            assertThat(contents(found(middle.build(), null, 9))).containsExactly("22");
            StoredMessage two = found(middle.build(), null, 9).get(0);
            Duration took = Duration.between(two.facts().firstByteAt(), two.endedAt());
            assertThat(found(middle.minDuration(took).build(), null, 9)).hasSize(1);
            assertThat(found(middle.minDuration(took.plusNanos(1)).build(), null, 9)).isEmpty();
            MessageSearch.Builder tried = new MessageSearch.Builder().minAttempts(1);
            assertThat(found(tried.build(), null, 9)).hasSize(3);
            assertThat(found(tried.minAttempts(2).build(), null, 9)).isEmpty();
        }
    }

    @Test
    void a_search_that_takes_too_long_tells_how_far_it_looked_and_goes_on() throws Exception {
        try (TalkingAdapter adapter = adapter("orders", "others")) {
            adapter.send("others", List.of("the needle"));
            adapter.send("orders", lines(1, 6_000));
            writeAll(adapter.monitor());

            List<StoredMessage> all = new ArrayList<>();
            int pages = 0;
            MessagePlace after = null;
            do {
                FoundMessages page = atOnce(ofText("NEEDLE"), after);
                all.addAll(page.messages());
                after = page.next();
                assertThat(page.lookedBackTo() == null).isEqualTo(after == null);
                pages++;
            } while (after != null);

            assertThat(contents(all)).containsExactly("the needle");
            assertThat(contents(found(ofText("NEEDLE"), null, 9))).containsExactly("the needle");
            assertThat(pages).isGreaterThan(1);
            FoundMessages others = atOnce(of("others", null, null), null);
            assertThat(others.next()).isNull(); // an index leads there
        }
    }

    private FoundMessages atOnce(MessageSearch wanted, @Nullable MessagePlace after) {
        return database.read(
                manager -> new MessageFinder(manager, kind, wanted, Duration.ZERO).find(after, 9));
    }

    @Test
    void a_search_of_all_finds_each_message_once_however_many_ended_at_the_same_time()
            throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", lines(1, 3_000));
            writeAll(adapter.monitor());
            try (Connection connection = database.connection();
                    Statement same = connection.createStatement()) {
                same.execute("update message set ended_at = ended_at / 1000000000 * 1000000000");
            }

            List<StoredMessage> all = new ArrayList<>();
            FoundMessages page = page(MessageSearch.ALL, null, 700);
            all.addAll(page.messages());
            while (page.next() != null) {
                page = page(MessageSearch.ALL, page.next(), 700);
                all.addAll(page.messages());
            }
            assertThat(contents(all)).containsExactlyElementsOf(reversed(lines(1, 3_000)));
        }
    }

    @Test
    void what_has_happened_to_a_connection_is_kept_as_the_adapter_told_it() throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            adapter.send("orders", List.of("one"));
            adapter.send("orders", List.of("bad two"));
            Awaitility.await()
                    .until(
                            () ->
                                    adapter.monitor().events(0, 1_000).stream()
                                                    .filter(one -> one.kind() == Kind.CLOSED)
                                                    .count()
                                            == 2);
            writeAll(adapter.monitor());

            String connection = found(MessageSearch.ALL, null, 1).get(0).facts().connectionId();
            List<MonitorEvent> told = events(adapter, connection);
            assertThat(told).extracting(MonitorEvent::kind).contains(Kind.CONNECTED, Kind.CLOSED);
            assertThat(kept(connection, 99))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sequence")
                    .containsExactlyElementsOf(reversed(told));
            assertThat(kept(connection, 1))
                    .extracting(MonitorEvent::kind)
                    .containsExactly(Kind.CLOSED);

            Instant later = Instant.now().plus(Duration.ofDays(30)).plusSeconds(1);
            new HistoryPruner(database, settings(1, 1), () -> false).prune(later);
            assertThat(kept(connection, 99)).isEmpty();
        }
    }

    private List<MonitorEvent> kept(String connection, int max) {
        return database.read(manager -> StoredEvent.latest(manager, connection, max));
    }

    private static List<MonitorEvent> events(TalkingAdapter adapter, String connection) {
        return adapter.monitor().events(0, 1_000).stream()
                .filter(event -> connection.equals(event.connectionId()))
                .toList();
    }

    @Test
    void of_all_events_the_newest_stay() throws Exception {
        try (TalkingAdapter adapter = adapter("orders")) {
            for (int i = 0; i < 5; i++) {
                adapter.send("orders", List.of("one"));
            }
            writeAll(adapter.monitor());
            new HistoryPruner(database, settings(3, 1 << 30), () -> false).prune(Instant.now());

            try (Connection connection = database.connection();
                    Statement query = connection.createStatement();
                    ResultSet count = query.executeQuery("select count(*) from event")) {
                count.next();
                assertThat(count.getLong(1)).isEqualTo(3);
            }
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
    void a_history_of_nothing_has_nothing_to_find_or_remove() throws Exception {
        assertThat(found(MessageSearch.ALL, null, 1)).isEmpty();
        assertThat(database.kept()).isEqualTo(new Kept(0, 0));
        assertThat(new HistoryPruner(database, settings(1, 1), () -> false).prune(Instant.now()))
                .isZero();
    }
}
