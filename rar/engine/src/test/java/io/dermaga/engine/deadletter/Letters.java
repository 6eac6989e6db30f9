package io.dermaga.engine.deadletter;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetter.Failure;
import io.dermaga.api.monitor.DeadLetter.Origin;
import io.dermaga.api.monitor.DeadLetter.Replays;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** Dead letters for tests, and a process that keeps them until it is killed. */
final class Letters {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

    private Letters() {}

    /** One of listener 'orders' on which the bean failed so many seconds after noon. */
    static DeadLetter letter(String id, String content, int seconds) {
        return letter(id, content, seconds, "orders", "IllegalStateException: order 17 is closed");
    }

    static DeadLetter letter(
            String id, String content, int seconds, String listener, String error) {
        return new DeadLetter(
                id,
                listener,
                "Inbox",
                "",
                new Origin(
                        id.replaceFirst("\\.[0-9]+$", ""),
                        new InetSocketAddress("10.0.0.7", 51422),
                        new InetSocketAddress("fd00::1", 8001),
                        NOON.minusSeconds(60),
                        null),
                bytes(content).length,
                "UTF-8",
                NOON.minusSeconds(1),
                new Failure(
                        NOON,
                        NOON.plusSeconds(seconds),
                        5,
                        "DMG3001 bean failed on payload %s of 5 bytes from 10.0.0.7:51422 on listener '%s': %s"
                                .formatted(id, listener, error),
                        "java.lang.IllegalStateException: no\n\tat Inbox.onPayload\n"),
                false,
                Replays.NONE);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(bytes(text));
    }

    /** What the letter of this number contains, some kilobytes. */
    static String content(int number) {
        return ("content " + number + ' ').repeat(500);
    }

    /**
     * Keeps as many letters as the second argument says in the directory of the first, and prints
     * the id of each; deletes the last one.
     */
    public static void main(String[] arguments) throws IOException {
        int most = Integer.parseInt(arguments[1]);
        try (DeadLetterStore store =
                new DeadLetterStore(
                        Path.of(arguments[0]), Long.MAX_VALUE, text -> System.err.println(text))) {
            for (int i = 1; i <= most; i++) {
                String content = content(i);
                store.keep(letter("t8k3x1ab-1." + i, content, i), stream(content));
                System.out.println("t8k3x1ab-1." + i);
            }
            store.delete("t8k3x1ab-1." + most);
            System.out.println("deleted");
        }
    }
}
