package io.dermaga.history;

import io.dermaga.api.monitor.MessageContent;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The content of a {@link StoredMessage}, apart from it, since a list has no use for it. */
@Entity
@Table(name = "message")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init") // persistence fills the fields
class StoredContent {

    @Id
    @Column(name = "row_id")
    private long row;

    @Column(name = "message_id")
    private String id;

    private long size;
    private @Nullable String charset;
    private @Nullable String text;
    private byte @Nullable [] content;
    private byte @Nullable [] acknowledgement;

    /** For persistence. */
    protected StoredContent() {}

    /** The kept beginning; null if there is none. */
    @Nullable MessageContent content() {
        String name = charset;
        String kept = text;
        if (name == null || kept == null) {
            return null;
        }
        byte[] head = content == null ? kept.getBytes(Charset.forName(name)) : content;
        byte[] told = acknowledgement == null ? new byte[0] : acknowledgement;
        return new MessageContent(id, ByteBuffer.wrap(head), size, name, ByteBuffer.wrap(told));
    }
}
