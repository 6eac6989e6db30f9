package io.dermaga.history;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement;
import io.dermaga.api.monitor.MessageRecord.Stages;
import io.dermaga.api.monitor.MessageRecord.StreamRange;
import io.dermaga.api.monitor.RecordedMessage;
import io.dermaga.attributes.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as a row of the table {@code message}.
 *
 * @param listener its name, cut to what the column takes
 * @param contentBytes kept of its content and of its acknowledgement
 * @param values of the {@link #COLUMNS}: text, numbers, booleans, bytes, null
 */
record MessageRow(String listener, int contentBytes, List<@Nullable Object> values) {

    /** Columns that a row brings; the database gives it its key. */
    private static final List<String> COLUMNS =
            List.of(
                    "message_id",
                    "copy",
                    "connection_id",
                    "listener",
                    "peer",
                    "size",
                    "first_byte_at",
                    "ended_at",
                    "receiving",
                    "waiting",
                    "in_bean",
                    "attempts",
                    "outcome",
                    "error",
                    "spilled",
                    "stream_start",
                    "stream_end",
                    "stream_reads",
                    "spool",
                    "redelivery",
                    "commit_time",
                    "told",
                    "told_bytes",
                    "acknowledgement",
                    "charset",
                    "text",
                    "content",
                    "content_bytes",
                    "attributes");

    /** At most so many bytes of a content. */
    private static final int MAX_CONTENT = 1 << 20;

    private static final int MAX_NAME = 255;
    private static final int MAX_ID = 600;
    private static final int MAX_ERROR = 2_000;

    /**
     * @param attributes by which it is found
     */
    static MessageRow of(RecordedMessage message, List<Attribute> attributes) {
        MessageRecord facts = message.facts();
        MessageContent content = message.content();
        byte[] bytes = content == null ? null : head(content.head());
        Duration whole = facts.receiving().plus(facts.waiting()).plus(facts.inBean());
        String listener = cut(facts.listener(), MAX_NAME);
        String error = facts.error();
        List<@Nullable Object> values = new ArrayList<>(COLUMNS.size());
        values.add(cut(facts.id(), MAX_ID));
        values.add(cut(facts.copy(), MAX_NAME));
        values.add(cut(facts.connectionId(), MAX_NAME));
        values.add(listener);
        values.add(cut(Peers.text(facts.remoteAddress()), MAX_NAME));
        values.add(facts.size());
        values.add(Times.nanos(facts.firstByteAt()));
        values.add(Times.nanos(facts.firstByteAt().plus(whole)));
        values.add(facts.receiving().toNanos());
        values.add(facts.waiting().toNanos());
        values.add(facts.inBean().toNanos());
        values.add(facts.attempts());
        values.add(facts.outcome().name());
        values.add(error == null ? null : cut(error, MAX_ERROR));
        values.add(facts.spilled());
        addStream(values, facts.stream());
        addStages(values, facts.stages());
        int toldBytes = addAcknowledgement(values, facts.acknowledgement(), content);
        addContent(values, content, bytes, toldBytes);
        values.add(Attribute.text(attributes));
        return new MessageRow(listener, (bytes == null ? 0 : bytes.length) + toldBytes, values);
    }

    /** Rows as they are inserted. */
    static DatabaseKind.Rows rows(List<MessageRow> rows) {
        return new DatabaseKind.Rows(
                "message", COLUMNS, rows.stream().map(MessageRow::values).toList());
    }

    private static byte[] head(ByteBuffer kept) {
        byte[] bytes = new byte[Math.min(MAX_CONTENT, kept.remaining())];
        kept.get(bytes);
        return bytes;
    }

    private static void addStream(List<@Nullable Object> values, @Nullable StreamRange stream) {
        values.add(stream == null ? null : stream.start());
        values.add(stream == null ? null : stream.end());
        values.add(stream == null ? null : stream.reads());
    }

    private static void addStages(List<@Nullable Object> values, @Nullable Stages stages) {
        values.add(stages == null ? null : stages.spool().toNanos());
        values.add(stages == null ? null : stages.redelivery().toNanos());
        values.add(stages == null ? null : stages.commit().toNanos());
    }

    /** Returns how many bytes are kept of it. */
    private static int addAcknowledgement(
            List<@Nullable Object> values,
            @Nullable Acknowledgement told,
            @Nullable MessageContent content) {
        values.add(told == null ? null : told.kind().name());
        values.add(told == null ? null : told.bytes());
        byte[] bytes = content == null ? new byte[0] : head(content.acknowledgement());
        values.add(bytes.length == 0 ? null : bytes);
        return bytes.length;
    }

    /**
     * The bytes themselves only where the text does not give them back.
     *
     * @param more bytes that are kept beside it
     */
    private static void addContent(
            List<@Nullable Object> values,
            @Nullable MessageContent content,
            byte @Nullable [] bytes,
            int more) {
        if (content == null || bytes == null) {
            values.addAll(Arrays.asList(null, null, null, 0));
            return;
        }
        Charset charset = content.knownCharset();
        // no database takes the character 0 in a text
        String text = new String(bytes, charset).replace('\0', '\ufffd');
        boolean isWhole = Arrays.equals(text.getBytes(charset), bytes);
        values.add(charset.name());
        values.add(text);
        values.add(isWhole ? null : bytes);
        values.add(bytes.length + more);
    }

    /** What a column of this length takes of a text. */
    static String cut(String text, int length) {
        return (text.length() <= length ? text : text.substring(0, length)).replace('\0', '\ufffd');
    }
}
