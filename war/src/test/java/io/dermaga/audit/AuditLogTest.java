package io.dermaga.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private Path directory;
    private AuditLog log;

    @BeforeEach
    void open(@TempDir Path temporary) {
        directory = temporary.resolve("data/audit");
        log = opened(1 << 20);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private AuditLog opened(long most) {
        return new AuditLog(directory, most, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static AuditEntry entry(String who, String action, AuditResult result) {
        return new AuditEntry(who, "10.0.0.7", AuditWay.PAGE, action, "c.1", result, null);
    }

    private void record(String who, String action) {
        log.record(entry(who, action, AuditResult.DONE));
    }

    private List<AuditRecord> all() {
        return log.find(AuditSearch.ALL, Long.MAX_VALUE, 1000).records();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
        }
    }

    @Test
    void what_was_recorded_is_found_the_newest_first() {
        record("ann", "listeners.pause");
        log.record(
                new AuditEntry(
                        null,
                        "10.0.0.8",
                        AuditWay.REST,
                        "login",
                        null,
                        AuditResult.REFUSED,
                        "DMG4302"));

        assertThat(all())
                .containsExactly(
                        new AuditRecord(
                                2,
                                NOW,
                                null,
                                "10.0.0.8",
                                AuditWay.REST,
                                "login",
                                null,
                                AuditResult.REFUSED,
                                "DMG4302",
                                null),
                        new AuditRecord(
                                1,
                                NOW,
                                "ann",
                                "10.0.0.7",
                                AuditWay.PAGE,
                                "listeners.pause",
                                "c.1",
                                AuditResult.DONE,
                                null,
                                null));
    }

    @Test
    void a_second_start_goes_on_where_the_first_has_ended() {
        record("ann", "login");
        log.close();
        log = opened(1 << 20);
        record("ben", "login");

        assertThat(all()).extracting(AuditRecord::sequence).containsExactly(2L, 1L);
    }

    @Test
    void a_line_that_a_crash_has_cut_is_left_out_and_spoils_no_other() throws IOException {
        record("ann", "login");
        record("ben", "login");
        log.close();
        String text = Files.readString(files().get(0));
        Files.writeString(
                files().get(0),
                text + "{\"sequence\":3,\"at\":\"2026-0",
                StandardOpenOption.TRUNCATE_EXISTING);

        log = opened(1 << 20);
        assertThat(all()).extracting(AuditRecord::who).containsExactly("ben", "ann");
        record("cid", "login");

        assertThat(all()).extracting(AuditRecord::who).containsExactly("cid", "ben", "ann");
        assertThat(all()).extracting(AuditRecord::sequence).doesNotHaveDuplicates();
    }

    @Test
    void the_files_are_bounded_and_the_oldest_go_first() throws IOException {
        log.close();
        log = opened(8000);
        for (int i = 1; i <= 500; i++) {
            record("user" + i, "login");
        }

        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isBetween(4000L, 8200L);
        List<AuditRecord> kept = all();
        assertThat(kept.get(0).sequence()).isEqualTo(500);
        assertThat(kept).hasSizeGreaterThan(20);
        assertThat(kept)
                .extracting(AuditRecord::sequence)
                .containsExactlyElementsOf(
                        IntStream.range(0, kept.size()).mapToObj(i -> 500L - i).toList());
    }

    @Test
    void pages_are_continued_across_files_without_gap_and_repetition() {
        log.close();
        log = opened(80_000);
        for (int i = 1; i <= 300; i++) {
            record(i % 3 == 0 ? "ann" : "ben", "login");
        }
        List<Long> seen = new ArrayList<>();
        AuditSearch ann = new AuditSearch("ann", null, null, null, null);
        long before = Long.MAX_VALUE;
        while (before > 0) {
            AuditRecords page = log.find(ann, before, 7);
            page.records().forEach(one -> seen.add(one.sequence()));
            before = page.next();
        }

        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 100).mapToObj(i -> 303L - 3L * i).toList());
    }

    @Test
    void records_are_found_by_person_action_result_and_time() {
        record("ann", "listeners.pause");
        record("ben", "listeners.stop");
        log.record(entry("ann", "users.delete", AuditResult.REFUSED));

        assertThat(found(new AuditSearch("ann", null, null, null, null))).containsExactly(3L, 1L);
        assertThat(found(new AuditSearch(null, "LISTENERS", null, null, null)))
                .containsExactly(2L, 1L);
        assertThat(found(new AuditSearch(null, null, AuditResult.REFUSED, null, null)))
                .containsExactly(3L);
        assertThat(found(new AuditSearch(null, null, null, NOW, NOW.plusSeconds(1)))).hasSize(3);
        assertThat(found(new AuditSearch(null, null, null, NOW.plusSeconds(1), null))).isEmpty();
        assertThat(found(new AuditSearch(null, null, null, null, NOW))).isEmpty();
    }

    private List<Long> found(AuditSearch search) {
        return log.find(search, Long.MAX_VALUE, 10).records().stream()
                .map(AuditRecord::sequence)
                .toList();
    }

    @Test
    void what_cannot_be_written_is_counted_and_told_and_stops_nothing() throws IOException {
        Files.createDirectories(directory.getParent());
        Path inTheWay = Files.createFile(directory);
        record("ann", "login");
        record("ann", "logout");

        assertThat(log.status().unwritten()).isEqualTo(2);
        assertThat(log.status().problem()).startsWith("DMG4621").contains("audit");

        Files.delete(inTheWay);
        record("ben", "login");
        assertThat(log.status()).isEqualTo(new AuditStatus(2, null));
        assertThat(all()).extracting(AuditRecord::who).containsExactly("ben");
    }

    @Test
    void one_server_at_a_time_has_the_files() {
        record("ann", "login");
        AuditLog second = opened(1 << 20);
        second.record(entry("ben", "login", AuditResult.DONE));
        assertThat(second.status().problem()).contains("another server");

        log.close();
        second.record(entry("cid", "login", AuditResult.DONE));
        assertThat(second.status().problem()).isNull();
        assertThat(all()).extracting(AuditRecord::who).containsExactly("cid", "ann");
        second.close();
    }

    @Test
    void it_says_whether_an_action_is_kept() throws IOException {
        Files.createDirectories(directory.getParent());
        Path inTheWay = Files.createFile(directory);
        assertThat(log.record(entry("ann", "messages.reveal", AuditResult.DONE))).isFalse();

        Files.delete(inTheWay);
        assertThat(log.record(entry("ann", "messages.reveal", AuditResult.DONE))).isTrue();
    }

    @Test
    void a_reason_is_kept_on_its_line() throws IOException {
        log.record(
                new AuditEntry(
                        "ann",
                        "10.0.0.7",
                        AuditWay.PAGE,
                        "messages.reveal",
                        "c.1",
                        AuditResult.DONE,
                        null,
                        "asked\nby \u202e \"ben\""));

        assertThat(Files.readAllLines(files().get(0))).hasSize(1);
        assertThat(all().get(0).reason()).startsWith("asked\\nby").doesNotContain("\u202e");
    }

    @Test
    void what_somebody_gives_breaks_no_line_and_is_cut() throws IOException {
        log.record(
                new AuditEntry(
                        "ann",
                        "10.0.0.7",
                        AuditWay.REST,
                        "deadLetters.delete",
                        "a\n\u202e\u001b[31m\"" + "x".repeat(10_000),
                        AuditResult.NOT_DONE,
                        null));

        assertThat(Files.readAllLines(files().get(0))).hasSize(1);
        String target = String.valueOf(all().get(0).target());
        assertThat(target)
                .startsWith("a\\n")
                .doesNotContain("\u202e", "\u001b")
                .hasSizeLessThan(4100);
    }

    @Test
    void the_files_are_for_the_owner_only() throws IOException {
        record("ann", "login");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }
}
