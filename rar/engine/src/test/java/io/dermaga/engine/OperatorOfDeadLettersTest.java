package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.deadletter.DeadLetterStore;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.SettingSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of dead letters, and does to them. */
class OperatorOfDeadLettersTest {

    private static final String ID = "t8k3x1ab-17.5";

    private Path data;

    @BeforeEach
    void use(@TempDir Path temporary) {
        data = temporary;
    }

    private Engine engine() {
        return new Engine(
                AdapterSettings.read(
                        List.of(
                                SettingSource.environment(
                                        Map.of(
                                                "dermaga_adapter_dataDirectory",
                                                data.toString(),
                                                "dermaga_adapter_transport",
                                                "nio")))));
    }

    private void keep() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        Instant now = Instant.now();
        DeadLetter letter =
                new DeadLetter(
                        ID,
                        "orders",
                        "Inbox",
                        "",
                        new DeadLetter.Origin("t8k3x1ab-17", address, address, now, null),
                        5,
                        "UTF-8",
                        now,
                        new DeadLetter.Failure(now, now, 5, "DMG3001 bean failed", "at Inbox"),
                        false,
                        DeadLetter.Replays.NONE);
        try (DeadLetterStore store =
                new DeadLetterStore(data.resolve("dead-letters"), 100_000, text -> {})) {
            store.keep(letter, new ByteArrayInputStream(bytes("hello")));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Optional<InputStream> content) throws IOException {
        try (InputStream bytes = content.orElseThrow()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> told(Monitor monitor) {
        return monitor.events(0, Integer.MAX_VALUE).stream()
                .filter(event -> event.kind() == MonitorEvent.Kind.DEAD_LETTER)
                .map(MonitorEvent::text)
                .toList();
    }

    @Test
    void letters_of_an_earlier_run_are_shown_edited_and_deleted_and_each_change_is_told_of()
            throws IOException {
        keep();
        Monitor monitor;
        try (Engine engine = engine()) {
            monitor = engine.monitor();
            assertThat(monitor.deadLetters(DeadLetterFilter.ALL, null, 10)).hasSize(1);
            assertThat(monitor.deadLetterCount(DeadLetterFilter.ALL)).isEqualTo(1);
            assertThat(monitor.deadLetterGroups(DeadLetterFilter.ALL)).hasSize(1);
            assertThat(monitor.deadLetter(ID).orElseThrow().failure().stack())
                    .isEqualTo("at Inbox");

            assertThat(monitor.editDeadLetter(ID, bytes("hullo!"), "ann\n")).isTrue();
            assertThat(text(monitor.deadLetterContent(ID))).isEqualTo("hullo!");
            assertThat(text(monitor.deadLetterOriginal(ID))).isEqualTo("hello");
            assertThat(monitor.deleteDeadLetter(ID, "bob")).isTrue();
            assertThat(monitor.deadLetter(ID)).isEmpty();

            assertThat(monitor.editDeadLetter(ID, bytes("x"), "ann")).isFalse();
            assertThat(monitor.deleteDeadLetter("../" + ID, "bob")).isFalse();
            assertThat(told(monitor))
                    .containsExactly(
                            "DMG3206 dead letter 't8k3x1ab-17.5' of listener 'orders' is edited by 'ann\\u000a': it has 6 bytes now, the original 5",
                            "DMG3207 dead letter 't8k3x1ab-17.5' of listener 'orders' is deleted by 'bob'");
        }
        Monitor stopped = monitor;
        assertThatIllegalStateException()
                .isThrownBy(() -> stopped.deadLetter(ID))
                .withMessageStartingWith("DMG1004");
    }

    @Test
    void what_cannot_be_used_is_told_of_when_the_adapter_starts() throws IOException {
        keep();
        Files.writeString(data.resolve("dead-letters/" + ID + ".properties"), "id=other");
        try (Engine engine = engine()) {
            assertThat(told(engine.monitor()))
                    .singleElement()
                    .asString()
                    .startsWith("DMG3203 facts of a dead letter in '");
        }
    }
}
