package io.dermaga.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is appended is stored, handed over in order, and gone when it is done. */
class SpoolTest {

    private final Path directory;

    SpoolTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void payloads_keep_their_order_their_bytes_and_their_connection() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            for (int i = 0; i < 300; i++) {
                under.append("a", "a" + i, "", "second of " + i);
                under.append("b", "b" + i);
            }
            under.readAndDo();
            await().until(() -> under.received.size() == 1200);

            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                expected.add("a." + (3 * i + 1) + " a" + i);
                expected.add("a." + (3 * i + 2) + " ");
                expected.add("a." + (3 * i + 3) + " second of " + i);
            }
            assertThat(under.receivedOf("a")).isEqualTo(expected);
            assertThat(under.receivedOf("b"))
                    .isEqualTo(
                            IntStream.range(0, 300)
                                    .mapToObj(i -> "b." + (i + 1) + " b" + i)
                                    .toList());
            assertThat(under.stored).hasValue(600);
        }
    }

    @Test
    void what_is_known_of_the_connection_comes_back() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.append("a", "x");
            under.readAndKeep(1024);
            await().until(() -> under.entries.size() == 1);

            SpooledEntry entry = under.entries.element();
            assertThat(entry.connection()).isEqualTo(SpoolUnderTest.connection("a"));
            assertThat(entry.fromEarlierRun()).isFalse();
            assertThat(entry.from()).isZero();
            assertThat(entry.content().originalSize(0)).isEqualTo(1);
            entry.content().release();
        }
    }

    @Test
    void many_connections_are_forced_together() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.append("first", "starts the broker");
            await().until(() -> under.stored.get() == 1);
            long before = under.spool.commits();
            for (int i = 0; i < 1_000; i++) {
                under.append("c" + i % 100, "x".repeat(256));
            }
            await().until(() -> under.stored.get() == 1_001);
            assertThat(under.spool.commits() - before).isLessThan(200);
        }
    }

    @Test
    void content_is_released_when_it_is_stored() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.append("a", "x".repeat(1000));
            assertThat(under.intake.used()).isPositive();
            await().until(() -> under.stored.get() == 1);
            assertThat(under.intake.used()).isZero();
        }
    }

    @Test
    void what_is_done_is_gone_and_what_is_not_comes_again_in_the_next_run() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            for (int i = 0; i < 100; i++) {
                under.append("a", "x" + i);
            }
            under.readAndKeep(1024 * 1024);
            await().until(() -> under.entries.size() == 100);
            int i = 0;
            for (SpooledEntry entry : under.entries) {
                entry.content().release();
                if (i++ % 2 == 0) {
                    entry.done();
                } else {
                    entry.close();
                }
            }
        }
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.readAndKeep(1024 * 1024);
            await().until(() -> under.entries.size() == 50);
            assertThat(under.receivedOf("a"))
                    .isEqualTo(
                            IntStream.range(0, 50)
                                    .mapToObj(i -> "a." + (2 * i + 2) + " x" + (2 * i + 1))
                                    .toList());
            assertThat(under.entries).allMatch(SpooledEntry::fromEarlierRun);
            under.entries.forEach(entry -> entry.content().release());
        }
    }

    @Test
    void what_is_left_comes_again_in_order_when_the_queue_is_read_anew() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            for (int i = 0; i < 10; i++) {
                under.append("a", "x" + i);
            }
            SpoolReader first = under.readAndKeep(1024 * 1024);
            await().until(() -> under.entries.size() == 10);
            assertThat(under.entries).noneMatch(SpooledEntry::mayBeRepeated);
            under.entries.stream().limit(3).forEach(SpooledEntry::done);
            under.entries.forEach(entry -> entry.content().release());
            first.close();
            under.received.clear();
            under.entries.clear();

            under.readAndKeep(1024 * 1024);
            await().until(() -> under.entries.size() == 7);
            assertThat(under.receivedOf("a"))
                    .isEqualTo(
                            IntStream.range(3, 10)
                                    .mapToObj(i -> "a." + (i + 1) + " x" + i)
                                    .toList());
            assertThat(under.entries)
                    .allMatch(SpooledEntry::mayBeRepeated)
                    .noneMatch(SpooledEntry::fromEarlierRun);
            under.entries.forEach(entry -> entry.content().release());
        }
    }

    @Test
    void no_more_than_the_bound_is_handed_over() {
        int bound = 64 * 1024;
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            for (int i = 0; i < 5_000; i++) {
                under.append("a", "%01000d".formatted(i));
            }
            SpoolReader reader = under.readAndKeep(bound);
            int done = 0;
            while (done < 5_000) {
                if (under.entries.isEmpty()) {
                    await().pollInterval(Duration.ofMillis(2))
                            .until(() -> !under.entries.isEmpty());
                }
                assertThat(reader.held()).isLessThan(bound + 1000 + 256);
                SpooledEntry entry = under.entries.remove();
                entry.content().release();
                entry.done();
                done++;
            }
            assertThat(under.received).hasSize(5_000);
            assertThat(reader.held()).isZero();
            await().until(() -> under.queue().backlog() == 0);
        }
    }

    @Test
    void a_reader_that_is_never_relieved_gets_its_bound_and_no_more() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            for (int i = 0; i < 2_000; i++) {
                under.append("a", "x".repeat(1000));
            }
            under.readAndKeep(100 * 1256);
            await().until(() -> under.stored.get() == 2_000);
            await().until(() -> under.queue().backlog() == 2_000);
            assertThat(under.entries).hasSize(100);
            under.entries.forEach(entry -> entry.content().release());
        }
    }
}
