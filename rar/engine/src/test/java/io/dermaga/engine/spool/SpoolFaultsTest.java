package io.dermaga.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dermaga.engine.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What is in the way of the spool fails nothing. */
@Isolated("it counts threads")
class SpoolFaultsTest {

    private final Path directory;

    SpoolFaultsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void a_directory_that_is_in_use_is_refused_at_once() {
        try (SpoolUnderTest first = new SpoolUnderTest(directory);
                SpoolUnderTest second = new SpoolUnderTest(directory)) {
            first.queue();
            assertThatThrownBy(second::queue)
                    .isInstanceOf(SpoolException.class)
                    .hasMessageStartingWith("DMG4101 ")
                    .hasMessageContaining(directory.resolve("spool").toString());
        }
        try (SpoolUnderTest third = new SpoolUnderTest(directory)) {
            third.append("a", "x");
            await().until(() -> third.stored.get() == 1);
        }
    }

    @Test
    void a_directory_that_cannot_be_made_is_refused_at_once() throws IOException {
        Files.createFile(directory.resolve("spool"));
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            assertThatThrownBy(under::queue)
                    .isInstanceOf(SpoolException.class)
                    .hasMessageStartingWith("DMG4102 ");
        }
    }

    @Test
    void bad_settings_are_all_named_at_once() {
        assertThatThrownBy(() -> SpoolUnderTest.settings(directory, "1B"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "DMG1001 property 'dermaga.adapter.spoolCapacity': given '1B'");
    }

    @Test
    void nothing_is_started_before_it_is_asked_for() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            assertThat(under.spool.state().kind()).isEqualTo(SpoolState.Kind.IDLE);
            assertThat(directory.resolve("spool")).doesNotExist();
        }
    }

    @Test
    void above_its_capacity_it_waits_and_says_so_and_goes_on_when_some_is_done() {
        try (SpoolUnderTest under =
                new SpoolUnderTest(SpoolUnderTest.settings(directory, "1MiB"), directory)) {
            for (int i = 0; i < 40; i++) {
                under.append("a", "x".repeat(50_000));
                int appended = i + 1;
                if (i < 15) {
                    await().until(() -> under.stored.get() == appended);
                }
            }
            await().until(() -> under.spool.state().kind() == SpoolState.Kind.WAITING);
            assertThat(under.spool.state().reason()).startsWith("DMG4103 ");
            assertThat(under.stored.get()).isLessThan(40);

            under.readAndDo();
            await().until(() -> under.stored.get() == 40);
            await().until(() -> under.received.size() == 40);
            await().until(() -> under.spool.state().kind() == SpoolState.Kind.OK);
        }
    }

    @Test
    void a_broker_that_stops_under_it_is_started_again_and_nothing_is_lost_or_doubled()
            throws Exception {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.append("a", "x0");
            await().until(() -> under.stored.get() == 1);
            under.readAndKeep(1 << 20);
            await().until(() -> under.entries.size() == 1);
            for (int round = 0; round < 3; round++) {
                server(under).stop();
                for (int i = 0; i < 100; i++) {
                    under.append("a", "x" + (1 + 100 * round + i));
                }
                int stored = 1 + 100 * (round + 1);
                await().until(() -> under.stored.get() == stored);
            }
            await().until(() -> under.entries.size() == 301);
            under.entries.forEach(
                    entry -> {
                        entry.content().release();
                        entry.done();
                    });
            await().until(() -> under.queue().backlog() == 0);
            assertThat(under.receivedOf("a"))
                    .isEqualTo(
                            IntStream.range(0, 301)
                                    .mapToObj(i -> "a." + (i + 1) + " x" + i)
                                    .toList());
        }
    }

    @Test
    void a_disk_error_stops_the_broker_and_nothing_more_is_said_to_be_stored_until_it_is_gone() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.append("a", "x0");
            await().until(() -> under.stored.get() == 1);
            server(under)
                    .getIoCriticalErrorListener()
                    .onIOException(new IOException("the disk fails"), "the disk fails", "journal");
            for (int i = 1; i < 50; i++) {
                under.append("a", "x" + i);
            }
            await().until(() -> under.stored.get() == 50);
            under.readAndDo();
            await().until(() -> under.received.size() == 50);
            assertThat(under.receivedOf("a"))
                    .isEqualTo(
                            IntStream.range(0, 50)
                                    .mapToObj(i -> "a." + (i + 1) + " x" + i)
                                    .toList());
        }
    }

    @Test
    void what_is_not_stored_when_it_closes_is_abandoned_and_released() {
        try (SpoolUnderTest under =
                new SpoolUnderTest(SpoolUnderTest.settings(directory, "1MiB"), directory)) {
            under.append("a", "x".repeat(600_000));
            await().until(() -> under.stored.get() == 1);
            under.append("a", "x".repeat(600_000));
            await().until(() -> under.spool.state().kind() == SpoolState.Kind.WAITING);
            under.spool.close();
            assertThat(under.stored).hasValue(1);
            assertThat(under.abandoned).hasSize(1);
            assertThat(under.intake.used()).isZero();
        }
    }

    @Test
    void no_thread_and_no_file_is_left_when_it_is_closed() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            for (int i = 0; i < 100; i++) {
                under.append("a", "x" + i);
            }
            under.readAndDo();
            await().until(() -> under.received.size() == 100);
        }
        await().untilAsserted(
                        () ->
                                assertThat(Thread.getAllStackTraces().keySet())
                                        .filteredOn(Predicate.not(before::contains))
                                        .extracting(Thread::getName)
                                        .noneMatch(SpoolFaultsTest::isOurs));
        assertThat(openFiles()).noneMatch(file -> file.startsWith(directory.toString()));
    }

    private static boolean isOurs(String thread) {
        return thread.contains("dermaga")
                || thread.contains("activemq")
                || thread.contains("Artemis");
    }

    private static Set<String> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.exists(descriptors)) {
            return Set.of();
        }
        try (var files = Files.list(descriptors)) {
            return files.map(SpoolFaultsTest::target).collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static ActiveMQServer server(SpoolUnderTest under) {
        ActiveMQServer server = ((EmbeddedBroker) under.spool.broker()).server();
        assertThat(server).isNotNull();
        return java.util.Objects.requireNonNull(server);
    }
}
