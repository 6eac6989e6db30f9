package io.dermaga.engine.framing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A stream of bytes in a framing, and the payloads in it. Chars stand for bytes. */
record Example(String framing, String stream, List<String> payloads) {

    byte[] bytes() {
        return stream.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** At least one for every framing; most with three payloads, an empty one among them. */
    static Stream<Example> all() {
        Stream<Example> texts =
                Stream.of(
                        new Example("eof", "one payload", List.of("one payload")),
                        new Example("lines", "first\n\nthird\n", List.of("first", "", "third")),
                        new Example("lines", "a\r\n\r\nb\r\n", List.of("a", "", "b")),
                        new Example("lines", "a\rb\n\r\r\nc\r\n", List.of("a\rb", "\r", "c")),
                        new Example("lines", "\n\r\n\n", List.of("", "", "")));
        Stream<Example> lengths =
                IntStream.rangeClosed(1, 8)
                        .boxed()
                        .flatMap(width -> Stream.of(length(width, false), length(width, true)));
        return Stream.concat(texts, lengths);
    }

    private static Example length(int width, boolean including) {
        List<String> payloads = List.of("first", "", "the third \r\n\u0000\u00ff");
        StringBuilder stream = new StringBuilder();
        for (String payload : payloads) {
            stream.append(header(width, payload.length() + (including ? width : 0)))
                    .append(payload);
        }
        String framing = "length(" + width + (including ? ",including)" : ")");
        return new Example(framing, stream.toString(), payloads);
    }

    /** A big-endian number. */
    static String header(int width, long value) {
        StringBuilder header = new StringBuilder();
        for (int i = width - 1; i >= 0; i--) {
            header.append((char) ((value >>> (8 * i)) & 0xff));
        }
        return header.toString();
    }
}
