package io.dermaga.history;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement.Kind;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.MessageRecord.Stages;
import io.dermaga.api.monitor.MessageRecord.StreamRange;
import io.dermaga.attributes.Attribute;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as the history has it. */
@Entity
@Table(name = "message")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init") // persistence fills the fields
public class StoredMessage {

    @Id
    @Column(name = "row_id")
    private long row;

    @Column(name = "message_id")
    private String id;

    private String copy;

    @Column(name = "connection_id")
    private String connectionId;

    private String listener;
    private String peer;
    private long size;

    @Column(name = "first_byte_at")
    private long firstByteAt;

    @Column(name = "ended_at")
    private long endedAt;

    private long receiving;
    private long waiting;

    @Column(name = "in_bean")
    private long inBean;

    private int attempts;

    @Enumerated(EnumType.STRING)
    private Outcome outcome;

    private @Nullable String error;
    private boolean spilled;
    private @Nullable String attributes;

    @Column(name = "stream_start")
    private @Nullable Long streamStart;

    @Column(name = "stream_end")
    private @Nullable Long streamEnd;

    @Column(name = "stream_reads")
    private @Nullable Integer streamReads;

    private @Nullable Long spool;
    private @Nullable Long redelivery;

    @Column(name = "commit_time")
    private @Nullable Long commit;

    @Enumerated(EnumType.STRING)
    private @Nullable Kind told;

    @Column(name = "told_bytes")
    private @Nullable Long toldBytes;

    /** For persistence. */
    protected StoredMessage() {}

    /** Its key. */
    long row() {
        return row;
    }

    /** Its place among all messages. */
    public MessagePlace place() {
        return new MessagePlace(endedAt, row);
    }

    /** When its delivery ended. */
    public Instant endedAt() {
        return Times.instant(endedAt);
    }

    /** What it is found by; it comes out of its content, and is for those who may see that. */
    public List<Attribute> attributes() {
        return Attribute.of(attributes);
    }

    /** The message as the adapter told of it; its sequence number is gone, here it is 0. */
    public MessageRecord facts() {
        return new MessageRecord(
                0,
                id,
                copy,
                connectionId,
                listener,
                Peers.address(peer),
                size,
                Times.instant(firstByteAt),
                Duration.ofNanos(receiving),
                Duration.ofNanos(waiting),
                Duration.ofNanos(inBean),
                attempts,
                outcome,
                error,
                spilled,
                stream(),
                stages(),
                told == null || toldBytes == null ? null : new Acknowledgement(told, toldBytes));
    }

    private @Nullable StreamRange stream() {
        return streamStart == null || streamEnd == null || streamReads == null
                ? null
                : new StreamRange(streamStart, streamEnd, streamReads);
    }

    private @Nullable Stages stages() {
        return spool == null || redelivery == null || commit == null
                ? null
                : new Stages(
                        Duration.ofNanos(spool),
                        Duration.ofNanos(waiting - spool),
                        Duration.ofNanos(redelivery),
                        Duration.ofNanos(inBean - redelivery - commit),
                        Duration.ofNanos(commit));
    }
}
