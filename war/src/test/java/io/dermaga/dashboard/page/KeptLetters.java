package io.dermaga.dashboard.page;

import io.dermaga.TestEngine;
import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.engine.Engine;
import io.dermaga.engine.deadletter.DeadLetterStore;
import io.dermaga.masking.Masks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** An adapter that has some dead letters and no listener. */
final class KeptLetters implements AutoCloseable {

    private static final byte[] CONTENT = "closed".getBytes(StandardCharsets.UTF_8);

    private final Path directory;
    private final Engine engine;

    /** So many, {@code c.1} the newest; of each two one has the fault {@code even #}. */
    KeptLetters(Path data, int count) throws IOException {
        directory = data.resolve("dead-letters");
        try (DeadLetterStore store = new DeadLetterStore(directory, Long.MAX_VALUE, text -> {})) {
            for (int number = 1; number <= count; number++) {
                store.keep(letter(number), new ByteArrayInputStream(CONTENT));
            }
        }
        engine = TestEngine.in(data);
    }

    Monitor monitor() {
        return engine.monitor();
    }

    /** What a page shows of a letter's content. */
    LetterContent content(String id) {
        return content(id, "");
    }

    LetterContent content(String id, String rules) {
        return LetterContent.of(monitor(), monitor().deadLetter(id).orElseThrow(), Masks.of(rules));
    }

    void edit(String id, String content) {
        monitor().editDeadLetter(id, content.getBytes(StandardCharsets.UTF_8), "ann");
    }

    /** Takes a letter's content away as a failing disk does. */
    void lose(String id) throws IOException {
        Files.delete(directory.resolve(id + ".payload"));
    }

    /** When the bean failed on the letter of this number. */
    static Instant failedAt(int number) {
        return Instant.EPOCH.plusSeconds(1000 - number);
    }

    private static DeadLetter letter(int number) {
        InetSocketAddress address = new InetSocketAddress("10.0.0.7", 51422);
        Instant at = failedAt(number);
        String cause =
                "DMG3001 bean failed on payload c.%d of 6 bytes from 10.0.0.7:51422 on listener 'hl7': %s %d"
                        .formatted(number, number % 2 == 0 ? "even" : "odd", number);
        return new DeadLetter(
                "c." + number,
                "hl7",
                "app#Bean",
                "",
                new DeadLetter.Origin("c", address, address, Instant.EPOCH, null),
                CONTENT.length,
                "UTF-8",
                Instant.EPOCH,
                new DeadLetter.Failure(at, at, 3, cause, ""),
                false,
                DeadLetter.Replays.NONE);
    }

    @Override
    public void close() {
        engine.close();
    }
}
