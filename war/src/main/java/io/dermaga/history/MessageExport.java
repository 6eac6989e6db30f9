package io.dermaga.history;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement;
import io.dermaga.api.monitor.MessageRecord.Stages;
import io.dermaga.api.monitor.MessageRecord.StreamRange;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Many messages as one file, written as they are read: whatever their number, no more than one of
 * them is in memory with its content.
 */
public final class MessageExport {

    /** How many messages a file has at most: the newest. */
    public static final int MOST = 10_000;

    /** How many bytes of contents an archive has at most. */
    public static final long MOST_BYTES = 1L << 30;

    private static final String INDEX = "messages.jsonl";

    /** What file it is. */
    public enum Format {
        /** A line for each message, with its facts as REST tells them, without its content. */
        JSONL("application/x-ndjson"),
        /** What is kept of each content as a file of its own, and the lines with their names. */
        ZIP("application/zip");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }

        /** Name of a file of it. */
        public String fileName() {
            return "messages." + name().toLowerCase(Locale.ROOT);
        }

        /** The one of this name, in lower case. */
        public static Optional<Format> of(@Nullable String name) {
            for (Format format : values()) {
                if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }
    }

    /** Where contents are found. */
    @FunctionalInterface
    public interface Contents {

        /** What is kept of the content of a message; empty if nothing is. */
        Optional<MessageContent> of(MessageRecord message);
    }

    private MessageExport() {}

    /**
     * Writes messages.
     *
     * @param messages of which the first {@link #MOST} are taken
     * @throws IOException if it cannot be written
     * @throws java.io.UncheckedIOException if the messages cannot be read on
     */
    public static void write(
            Format format, Iterator<MessageRecord> messages, Contents contents, OutputStream out)
            throws IOException {
        write(format, messages, contents, out, MOST_BYTES);
    }

    static void write(
            Format format,
            Iterator<MessageRecord> messages,
            Contents contents,
            OutputStream out,
            long mostBytes)
            throws IOException {
        if (format == Format.ZIP) {
            archive(messages, contents, out, mostBytes);
            return;
        }
        for (int i = 0; i < MOST && messages.hasNext(); i++) {
            out.write(line(messages.next(), null));
        }
        out.flush();
    }

    private static void archive(
            Iterator<MessageRecord> messages, Contents contents, OutputStream out, long mostBytes)
            throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        long left = mostBytes;
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (int i = 1; i <= MOST && messages.hasNext(); i++) {
                MessageRecord message = messages.next();
                ByteBuffer head =
                        contents.of(message)
                                .map(MessageContent::head)
                                .orElseGet(() -> ByteBuffer.allocate(0));
                String file = null;
                if (head.hasRemaining() && head.remaining() <= left) {
                    left -= head.remaining();
                    file = "%05d-%s.bin".formatted(i, message.id().replaceAll("[^\\w.-]", "_"));
                    zip.putNextEntry(new ZipEntry(file));
                    Channels.newChannel(zip).write(head);
                    zip.closeEntry();
                }
                lines.write(line(message, file));
            }
            zip.putNextEntry(new ZipEntry(INDEX));
            lines.writeTo(zip);
            zip.closeEntry();
        }
    }

    /** The members that REST has, and the name of the file with the content. */
    private static byte[] line(MessageRecord message, @Nullable String file) {
        JsonObjectBuilder json =
                Json.createObjectBuilder()
                        .add("id", message.id())
                        .add("copy", message.copy())
                        .add("connectionId", message.connectionId())
                        .add("listener", message.listener())
                        .add("remoteAddress", Peers.text(message.remoteAddress()))
                        .add("size", message.size())
                        .add("firstByteAt", message.firstByteAt().toString())
                        .add("receiving", message.receiving().toString())
                        .add("waiting", message.waiting().toString())
                        .add("inBean", message.inBean().toString())
                        .add("attempts", message.attempts())
                        .add("outcome", message.outcome().name());
        if (message.error() != null) {
            json.add("error", message.error());
        }
        json.add("spilled", message.spilled());
        StreamRange stream = message.stream();
        if (stream != null) {
            json.add(
                    "stream",
                    Json.createObjectBuilder()
                            .add("start", stream.start())
                            .add("end", stream.end())
                            .add("reads", stream.reads()));
        }
        Stages stages = message.stages();
        if (stages != null) {
            json.add(
                    "stages",
                    Json.createObjectBuilder()
                            .add("spool", stages.spool().toString())
                            .add("lane", stages.lane().toString())
                            .add("redelivery", stages.redelivery().toString())
                            .add("bean", stages.bean().toString())
                            .add("commit", stages.commit().toString()));
        }
        Acknowledgement told = message.acknowledgement();
        if (told != null) {
            json.add(
                    "acknowledgement",
                    Json.createObjectBuilder()
                            .add("kind", told.kind().name())
                            .add("bytes", told.bytes()));
        }
        if (file != null) {
            json.add("file", file);
        }
        return (json.build() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
