package io.dermaga.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.alerts.Alert.Acknowledgement;
import io.dermaga.alerts.Alert.State;
import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.SpoolSnapshot;
import io.dermaga.history.TalkingAdapter;
import io.dermaga.settings.KnownSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertTaskTest {

    private final Path data;
    private final SetClock clock = new SetClock();
    private long diskFree = Long.MAX_VALUE;
    private @Nullable String historyProblem;

    AlertTaskTest(@TempDir Path data) {
        this.data = data;
    }

    /** With this rule alone. */
    private AlertTask task(Supplier<Optional<AdapterSnapshot>> adapter, String rule) {
        Rules rules = Rules.read(Map.of("mine", new KnownSetting("", rule, "test")));
        assertThat(rules.problems()).isEmpty();
        return new AlertTask(
                rules.all().stream().filter(one -> one.name().equals("mine")).toList(),
                new AlertTask.Sources(
                        adapter, () -> Optional.ofNullable(historyProblem), () -> diskFree),
                new AlertFile(data),
                null,
                clock);
    }

    private AlertTask task(AdapterSnapshot adapter, String rule) {
        return task(() -> Optional.of(adapter), rule);
    }

    private AlertTask task(TalkingAdapter adapter, String rule) {
        return task(() -> Optional.of(adapter.monitor().snapshot()), rule);
    }

    /** Looks every two seconds, for so long. */
    private void run(AlertTask task, long seconds) {
        for (long i = 0; i < seconds; i += 2) {
            clock.passSeconds(2);
            task.step();
        }
    }

    private static List<String> open(AlertTask task) {
        return task.book().open().stream()
                .map(one -> one.state() + " " + one.listener() + ": " + one.text())
                .toList();
    }

    private static List<String> lines(String text, int count) {
        return Collections.nCopies(count, text);
    }

    @Test
    void a_silent_listener_fires_when_its_time_is_over_and_is_over_when_payloads_have_come()
            throws IOException {
        try (TalkingAdapter adapter = new TalkingAdapter(data.resolve("adapter"), "lab", "other");
                Told told = new Told()) {
            AlertTask task = task(adapter, "silence(listener=lab, for=5m)");
            run(task, 298);
            adapter.send("other", List.of("a"));
            assertThat(open(task)).isEmpty();
            run(task, 10);
            assertThat(open(task))
                    .containsExactly(
                            "FIRING lab: no payload for 5m; the listener is LISTENING with 0 connections");

            run(task, 600);
            adapter.send("lab", List.of("b"));
            run(task, 30);
            assertThat(open(task)).hasSize(1); // not calm for long enough
            run(task, 2);

            assertThat(open(task)).isEmpty();
            assertThat(told.lines())
                    .satisfiesExactly(
                            fired ->
                                    assertThat(fired)
                                            .isEqualTo(
                                                    "WARNING DMG4651 alert 'mine' fires for listener 'lab': no payload for 5m; the listener is LISTENING with 0 connections"),
                            over ->
                                    assertThat(over)
                                            .startsWith(
                                                    "INFO DMG4652 alert 'mine' for listener 'lab' is over after 10m"));
            run(task, 240);
            assertThat(open(task)).isEmpty();
            run(task, 40);
            assertThat(open(task)).hasSize(1);
            assertThat(task.book().past()).hasSize(1);
        }
    }

    @Test
    void a_payload_that_is_being_delivered_is_no_silence_and_a_listener_that_is_not_there_is() {
        AlertTask busy =
                task(Snapshots.adapter(Snapshots.busy(1)), "silence(listener=lab, for=1m)");
        run(busy, 120);
        assertThat(open(busy)).isEmpty();

        AlertTask missing = task(Snapshots.adapter(), "silence(listener=labb, for=1m)");
        run(missing, 70);
        assertThat(open(missing))
                .containsExactly("FIRING labb: no payload for 1m; there is no such listener");
    }

    @Test
    void failed_deliveries_and_dead_letters_of_a_time_are_counted_for_each_listener()
            throws IOException {
        try (TalkingAdapter adapter = new TalkingAdapter(data.resolve("adapter"), "lab", "other")) {
            AlertTask errors = task(adapter, "errors(above=2, within=5m)");
            AlertTask letters = task(adapter, "dead-letters(above=2, within=5m)");
            AlertTask kept = task(adapter, "dead-letters(above=2)");
            AlertTask warnings = task(adapter, "errors(number=DMG3001, above=2, within=5m)");
            List<AlertTask> all = List.of(errors, letters, kept, warnings);
            all.forEach(AlertTask::step);
            adapter.send("lab", lines("bad", 2));
            all.forEach(AlertTask::step);
            assertThat(all).allMatch(task -> open(task).isEmpty());

            adapter.send("lab", lines("bad", 1));
            adapter.send("other", lines("bad", 1));
            clock.passSeconds(2);
            await().untilAsserted(
                            () ->
                                    assertThat(adapter.monitor().snapshot().deadLetters())
                                            .isEqualTo(4));
            all.forEach(AlertTask::step);

            assertThat(open(errors))
                    .containsExactly("FIRING lab: 3 failed deliveries in 5m, allowed: at most 2");
            assertThat(open(letters))
                    .containsExactly(
                            "FIRING lab: 3 dead letters in 5m, allowed: at most 2; 4 of all listeners are kept");
            assertThat(open(kept))
                    .containsExactly("FIRING null: 4 dead letters are kept, allowed: at most 2");
            assertThat(open(warnings))
                    .containsExactly("FIRING null: 4 warnings DMG3001 in 5m, allowed: at most 2");

            run(errors, 400);
            assertThat(open(errors)).isEmpty();
            run(kept, 400);
            assertThat(open(kept)).hasSize(1);
        }
    }

    @Test
    void a_rate_is_an_average_and_is_left_with_a_margin() throws IOException {
        try (TalkingAdapter adapter = new TalkingAdapter(data.resolve("adapter"), "lab")) {
            AlertTask above = task(adapter, "rate(listener=lab, above=1/s, for=1m)");
            above.step();
            adapter.send("lab", lines("a", 70)); // at once, and nothing else in the minute
            run(above, 58);
            assertThat(open(above)).isEmpty();
            run(above, 2);
            assertThat(open(above))
                    .containsExactly(
                            "FIRING lab: 1.2 payloads/s on average over 1m, allowed: at most 1.0 payloads/s");

            adapter.send("lab", lines("a", 58)); // 0.97/s: too near
            run(above, 60);
            run(above, 0);
            assertThat(open(above)).hasSize(1);
            run(above, 40);
            assertThat(open(above)).isEmpty();

            AlertTask below = task(adapter, "rate(listener=lab, below=1/m, for=1m)");
            below.step();
            run(below, 58);
            assertThat(open(below)).isEmpty();
            run(below, 2);
            assertThat(open(below)).hasSize(1);
        }
    }

    @Test
    void a_listener_that_an_operator_has_stopped_is_in_a_state() {
        try (TalkingAdapter adapter = new TalkingAdapter(data.resolve("adapter"), "lab")) {
            AlertTask task = task(adapter, "state(is=STOPPED, for=30s)");
            adapter.monitor().stopListener("lab", "ann");
            await().until(
                            () ->
                                    adapter.monitor().snapshot().listeners().get(0).state()
                                            == ListenerState.STOPPED);
            run(task, 30);
            assertThat(open(task)).isEmpty();
            run(task, 2);
            assertThat(open(task)).containsExactly("FIRING lab: the listener is STOPPED");
        }
    }

    @Test
    void what_is_built_in_fires_on_a_failed_listener_and_tells_its_reason() {
        AlertTask task = task(Snapshots.adapter(Snapshots.failed()), "state(is=FAILED, for=30s)");
        run(task, 32);
        assertThat(open(task))
                .containsExactly("FIRING lab: the listener is FAILED: DMG1201 the port is taken");
    }

    @Test
    void a_certificate_is_told_before_its_end_and_after_it() {
        Instant end = clock.instant().plus(Duration.ofDays(14)).plusSeconds(3);
        AlertTask task =
                task(
                        Snapshots.adapter(
                                Snapshots.listener(null, end.plus(Duration.ofDays(99)), end)),
                        "certificate(before=14d)");
        run(task, 2);
        assertThat(open(task)).isEmpty();
        run(task, 2);
        assertThat(open(task))
                .containsExactly(
                        "FIRING lab: the certificate 'CN=lab' of f.pem expires in 13d23h, at "
                                + end);
        clock.pass(Duration.ofDays(14));
        task.step();
        assertThat(open(task))
                .containsExactly(
                        "FIRING lab: the certificate 'CN=lab' of f.pem has expired at " + end);
    }

    @Test
    void back_pressure_and_a_waiting_spool_have_to_last() {
        AdapterSnapshot waiting =
                Snapshots.adapter(
                        new SpoolSnapshot(SpoolSnapshot.State.WAITING, "DMG4104 the disk is full"),
                        Snapshots.listener("DMG3102 no instance"));
        AlertTask pressure = task(waiting, "back-pressure(for=1m)");
        AlertTask spool = task(waiting, "spool(for=1m)");
        run(pressure, 60);
        run(spool, 60);
        assertThat(open(pressure)).isEmpty();
        assertThat(open(spool)).isEmpty();
        run(pressure, 2);
        run(spool, 2);
        assertThat(open(pressure))
                .containsExactly("FIRING lab: back-pressure: DMG3102 no instance");
        assertThat(open(spool))
                .containsExactly("FIRING null: the spool waits: DMG4104 the disk is full");
    }

    @Test
    void without_an_adapter_that_is_told_and_nothing_else_changes() {
        AdapterSnapshot[] adapter = {Snapshots.adapter(Snapshots.failed())};
        Supplier<Optional<AdapterSnapshot>> source = () -> Optional.ofNullable(adapter[0]);
        AlertTask failed = task(source, "state(is=FAILED, for=30s)");
        AlertTask away = task(source, "adapter(for=1m)");
        run(failed, 40);
        adapter[0] = null;
        run(failed, 600);
        run(away, 62);
        assertThat(open(failed)).hasSize(1);
        assertThat(open(away)).containsExactly("FIRING null: the adapter does not answer");

        adapter[0] = Snapshots.adapter(); // and the listener is gone
        run(failed, 32);
        run(away, 62);
        assertThat(open(failed)).isEmpty();
        assertThat(open(away)).isEmpty();
    }

    @Test
    void a_history_that_is_not_written_is_told() {
        historyProblem = "DMG4201 the database is away";
        AlertTask task = task(Snapshots.adapter(), "history(for=1m)");
        run(task, 62);
        assertThat(open(task)).containsExactly("FIRING null: DMG4201 the database is away");
    }

    @Test
    void what_comes_and_goes_is_one_alert_and_two_lines_of_the_log() {
        try (Told told = new Told()) {
            AlertTask task = task(Snapshots.adapter(), "disk(below=1000MiB)");
            for (int i = 0; i < 50; i++) {
                diskFree = i % 2 == 0 ? 900L << 20 : 2000L << 20;
                run(task, 20);
            }
            assertThat(open(task)).hasSize(1);
            diskFree = 1050L << 20; // enough, and nearly too little
            run(task, 600);
            assertThat(open(task)).hasSize(1);
            diskFree = 2000L << 20;
            run(task, 34);

            assertThat(open(task)).isEmpty();
            assertThat(task.book().past()).hasSize(1);
            assertThat(told.lines()).hasSize(2);
        }
    }

    @Test
    void what_a_person_has_acknowledged_stays_so_over_a_restart_until_it_is_over()
            throws IOException {
        diskFree = 0;
        AlertTask before = task(Snapshots.adapter(), "disk(below=1GiB)");
        before.step();
        String id = before.book().open().get(0).id();
        Instant acknowledgedAt = clock.instant();
        assertThat(before.acknowledge(id, "ann", "I make room")).isPresent();
        assertThat(before.acknowledge(id, "bob", null)).isEmpty();

        try (Told told = new Told()) {
            AlertTask after = task(Snapshots.adapter(), "disk(below=1GiB)");
            run(after, 100);
            Alert alert = after.book().open().get(0);
            assertThat(alert.state()).isEqualTo(State.ACKNOWLEDGED);
            assertThat(alert.acknowledgement())
                    .isEqualTo(new Acknowledgement("ann", acknowledgedAt, "I make room"));
            assertThat(told.lines()).isEmpty();

            diskFree = Long.MAX_VALUE;
            run(after, 34);
            diskFree = 0;
            run(after, 2);
        }
        AlertTask later = task(Snapshots.adapter(), "disk(below=1GiB)");
        assertThat(later.book().past()).extracting(Alert::id).containsExactly(id);
        assertThat(later.book().open())
                .singleElement()
                .satisfies(one -> assertThat(one.state()).isEqualTo(State.FIRING))
                .satisfies(one -> assertThat(one.id()).isNotEqualTo(id));
    }

    @Test
    void the_alert_of_a_rule_that_is_gone_is_over() {
        diskFree = 0;
        task(Snapshots.adapter(), "disk(below=1GiB)").step();
        AlertTask after =
                new AlertTask(
                        List.of(),
                        new AlertTask.Sources(Optional::empty, Optional::empty, () -> -1),
                        new AlertFile(data),
                        null,
                        clock);
        after.step();
        assertThat(after.book().open()).isEmpty();
        assertThat(after.book().past()).hasSize(1);
    }

    @Test
    void a_file_that_cannot_be_read_or_written_is_told_and_alerts_go_on() throws IOException {
        Files.writeString(data.resolve("alerts.json"), "[{]");
        try (Told told = new Told()) {
            AlertTask unreadable = task(Snapshots.adapter(), "disk(below=1GiB)");
            assertThat(unreadable.fileProblem()).startsWith("DMG4657 ");
            diskFree = 0;
            unreadable.step();
            assertThat(open(unreadable)).hasSize(1);
            assertThat(unreadable.fileProblem()).isNull();
            assertThat(told.lines()).hasSize(2);
        }
        Files.delete(data.resolve("alerts.json"));
        Files.createDirectories(data.resolve("alerts.json").resolve("in the way"));
        AlertTask unwritable = task(Snapshots.adapter(), "disk(below=1GiB)");
        unwritable.step();
        assertThat(open(unwritable)).hasSize(1);
        assertThat(unwritable.fileProblem()).startsWith("DMG4657 ");
    }

    @Test
    void rules_tell_what_they_look_at() {
        diskFree = 3L << 30;
        AlertTask task = task(Snapshots.adapter(), "disk(below=1GiB)");
        assertThat(task.rules().get(0).values()).isEmpty();
        task.step();
        assertThat(task.rules())
                .containsExactly(
                        new RuleStatus(
                                "mine",
                                "disk(below=1GiB)",
                                "test",
                                List.of(new RuleStatus.Value("", "3.0 GiB are free", false))));
    }

    @Test
    void no_more_of_the_past_than_is_bounded_is_kept() {
        AlertBook book = new AlertBook(List.of());
        for (int i = 0; i < AlertBook.PAST + 10; i++) {
            book.resolve(book.fire("mine", "", clock.instant(), "it"), clock.instant());
        }
        assertThat(book.past()).hasSize(AlertBook.PAST);
        assertThat(book.past().get(0).id()).isEqualTo(Integer.toString(AlertBook.PAST + 10));
    }
}
