package io.dermaga.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement.Kind;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.MessageRecord.Stages;
import io.dermaga.api.monitor.MessageRecord.StreamRange;
import io.dermaga.history.MessageExport.Format;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageExportTest {

    private static MessageRecord message(String id, @Nullable String error) {
        return new MessageRecord(
                1,
                id,
                "",
                "c",
                "lab",
                new InetSocketAddress("10.0.0.7", 51422),
                5,
                Instant.EPOCH,
                Duration.ofMillis(2),
                Duration.ZERO,
                Duration.ZERO,
                1,
                error == null ? Outcome.DELIVERED : Outcome.FAILED,
                error,
                false,
                new StreamRange(7, 13, 2),
                new Stages(
                        Duration.ZERO,
                        Duration.ofMillis(1),
                        Duration.ZERO,
                        Duration.ofMillis(3),
                        Duration.ofMillis(4)),
                new Acknowledgement(Kind.ACK, 3));
    }

    private static Optional<MessageContent> content(MessageRecord message) {
        byte[] bytes = ("of " + message.id()).getBytes(StandardCharsets.UTF_8);
        return message.id().startsWith("none")
                ? Optional.empty()
                : Optional.of(new MessageContent(message.id(), ByteBuffer.wrap(bytes), 9, "UTF-8"));
    }

    private static byte[] written(Format format, long mostBytes, Stream<MessageRecord> messages)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MessageExport.write(
                format, messages.iterator(), MessageExportTest::content, out, mostBytes);
        return out.toByteArray();
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static JsonObject json(String line) {
        return Json.createReader(new StringReader(line)).readObject();
    }

    private static Map<String, String> unzipped(byte[] archive) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void a_line_has_what_rest_tells() throws IOException {
        String text =
                new String(
                        written(
                                Format.JSONL,
                                9,
                                Stream.of(message("c.1", null), message("c.2", "it \"is\"\nbad"))),
                        StandardCharsets.UTF_8);

        assertThat(lines(text)).hasSize(2);
        assertThat(lines(text).get(0))
                .isEqualTo(
                        "{\"id\":\"c.1\",\"copy\":\"\",\"connectionId\":\"c\",\"listener\":\"lab\",\"remoteAddress\":\"10.0.0.7:51422\",\"size\":5,\"firstByteAt\":\"1970-01-01T00:00:00Z\",\"receiving\":\"PT0.002S\",\"waiting\":\"PT0S\",\"inBean\":\"PT0S\",\"attempts\":1,\"outcome\":\"DELIVERED\",\"spilled\":false,\"stream\":{\"start\":7,\"end\":13,\"reads\":2},\"stages\":{\"spool\":\"PT0S\",\"lane\":\"PT0.001S\",\"redelivery\":\"PT0S\",\"bean\":\"PT0.003S\",\"commit\":\"PT0.004S\"},\"acknowledgement\":{\"kind\":\"ACK\",\"bytes\":3}}");
        assertThat(json(lines(text).get(1)).getString("error")).isEqualTo("it \"is\"\nbad");
    }

    @Test
    void an_archive_has_contents_and_says_whose_they_are() throws IOException {
        Map<String, String> files =
                unzipped(
                        written(
                                Format.ZIP,
                                1000,
                                Stream.of(
                                        message("c.1", null),
                                        message("none.2", null),
                                        message("../c/3", null),
                                        message("c.1", null))));

        assertThat(files.keySet())
                .containsExactly(
                        "00001-c.1.bin", "00003-.._c_3.bin", "00004-c.1.bin", "messages.jsonl");
        assertThat(files).containsEntry("00001-c.1.bin", "of c.1");
        List<JsonObject> index =
                lines(files.getOrDefault("messages.jsonl", "")).stream()
                        .map(MessageExportTest::json)
                        .toList();
        assertThat(index).hasSize(4);
        assertThat(index.get(2).getString("file")).isEqualTo("00003-.._c_3.bin");
        assertThat(index.get(1).containsKey("file")).isFalse();
    }

    @Test
    void no_more_bytes_of_contents_are_taken_than_is_bounded_and_all_facts_are()
            throws IOException {
        Map<String, String> files =
                unzipped(
                        written(
                                Format.ZIP,
                                13,
                                IntStream.range(1, 5).mapToObj(i -> message("c." + i, null))));

        assertThat(files.keySet())
                .containsExactly("00001-c.1.bin", "00002-c.2.bin", "messages.jsonl");
        assertThat(lines(files.getOrDefault("messages.jsonl", ""))).hasSize(4);
    }

    @Test
    void no_more_messages_are_taken_than_is_bounded() throws IOException {
        byte[] file =
                written(
                        Format.JSONL,
                        0,
                        IntStream.iterate(1, i -> i + 1).mapToObj(i -> message("c." + i, null)));

        assertThat(lines(new String(file, StandardCharsets.UTF_8))).hasSize(MessageExport.MOST);
    }
}
