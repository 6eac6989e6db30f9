package io.dermaga.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.attributes.Attributes;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history while its database comes and goes. */
@SuppressWarnings("NullAway.Init") // made before each test
class HistoryTaskTest {

    private static final Optional<Duration> RETRY = Optional.of(Duration.ofSeconds(10));

    @TempDir Path directory;
    private Path kept;
    private TalkingAdapter adapter;
    private HistoryTask task;

    @BeforeEach
    void start() {
        kept = directory.resolve("history");
        adapter = new TalkingAdapter(directory.resolve("adapter"), "orders");
        ConnectedMonitor monitor = new ConnectedMonitor();
        monitor.connect(adapter.monitor());
        task =
                new HistoryTask(
                        new HistorySettings(
                                new HistorySource.Embedded(kept),
                                Duration.ofDays(1),
                                1_000,
                                1 << 20),
                        monitor,
                        Masks.of(""),
                        Attributes.of(""));
    }

    @AfterEach
    void stop() {
        task.close();
        adapter.close();
    }

    private Optional<Integer> found() {
        return task.read(
                open ->
                        open.read(
                                manager ->
                                        new MessageFinder(
                                                        manager,
                                                        open.kind(),
                                                        MessageSearch.ALL,
                                                        Duration.ofMinutes(1))
                                                .find(null, 10)
                                                .messages()
                                                .size()));
    }

    /** Without a word to anybody who has a connection, as where it fails to write. */
    private static Object close(HistoryDatabase open) throws SQLException {
        try (Connection connection = open.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown immediately");
        }
        return open;
    }

    @Test
    void what_is_in_the_way_is_told_until_it_is_gone() throws Exception {
        Files.createFile(kept);
        adapter.send("orders", List.of("one"));

        assertThat(task.step()).isEqualTo(RETRY);
        assertThat(task.status().problem())
                .startsWith("DMG4201 ")
                .contains("FileAlreadyExistsException")
                .contains(kept.toString());
        assertThat(found()).isEmpty();

        Files.delete(kept);
        assertThat(task.step()).isPresent().isNotEqualTo(RETRY);
        assertThat(task.status().problem()).isNull();
        assertThat(task.status().messages()).isEqualTo(1);
        assertThat(found()).contains(1);
    }

    @Test
    void a_database_that_has_closed_itself_is_opened_anew_and_nothing_is_missing()
            throws Exception {
        adapter.send("orders", List.of("one"));
        task.step();
        task.read(HistoryTaskTest::close);
        adapter.send("orders", List.of("two"));
        assertThat(found()).isEmpty();
        assertThat(task.status().problem()).startsWith("DMG4201 ");

        task.step(); // may be the one that finds it closed
        task.step();

        assertThat(task.status().problem()).isNull();
        assertThat(task.status().dropped()).isZero();
        assertThat(found()).contains(2);
    }

    @Test
    void once_closed_it_does_nothing() {
        task.close();
        assertThat(task.step()).isEmpty();
        assertThat(kept).doesNotExist();
    }

    @Test
    void nobody_else_may_read_what_peers_have_sent() throws Exception {
        task.step();

        assertThat(kept.resolve("history.mv.db")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rwx------");
    }
}
