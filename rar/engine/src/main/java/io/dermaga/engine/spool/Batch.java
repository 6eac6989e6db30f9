package io.dermaga.engine.spool;

import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.payload.SpilledFrame;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are stored by one force, all or none. Its first message bears an id that the broker
 * remembers, so that a batch whose commit had an unknown outcome is sent again, unchanged, and kept
 * once. Confined to its writer.
 */
final class Batch {

    /** Property of a message that holds its {@link EntryHead}. */
    static final SimpleString HEAD = SimpleString.of("dermaga");

    /** Sends to a queue of the session. */
    interface Producers {
        ClientProducer of(String queue) throws ActiveMQException;
    }

    private final long run;
    private final List<Pending> entries;
    private final long bytes;
    private @Nullable SourceStream source;
    private int attempts;

    /**
     * @param run of the spool
     * @param entries at least one, in their order; one that is on disk is alone
     */
    Batch(long run, List<Pending> entries) {
        this.run = run;
        this.entries = List.copyOf(entries);
        this.bytes = entries.stream().mapToLong(Pending::bytes).sum();
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return entries.size();
    }

    /** Whether it was sent before, with an outcome that is not known. */
    boolean isRepeated() {
        return attempts > 1;
    }

    /** Why its content is lost for ever; null if it is not. */
    @Nullable IOException lost() {
        return source == null ? null : source.failure;
    }

    void send(ClientSession session, Producers producers) throws ActiveMQException {
        attempts++;
        boolean first = true;
        for (Pending entry : entries) {
            long number = entry.number();
            for (String queue : entry.queues()) {
                EntryId id = new EntryId(run, number++);
                ClientMessage message = message(session, id, entry);
                if (first) {
                    message.putBytesProperty(Message.HDR_DUPLICATE_DETECTION_ID, id.bytes());
                    first = false;
                }
                producers.of(queue).send(message);
            }
        }
    }

    private ClientMessage message(ClientSession session, EntryId id, Pending entry) {
        ClientMessage message = session.createMessage(true);
        message.putBytesProperty(HEAD, head(id, entry));
        message.putStringProperty(Message.HDR_GROUP_ID, SimpleString.of(entry.connection().id()));
        fill(message, entry.content());
        return message;
    }

    private static byte[] head(EntryId id, Pending entry) {
        return EntryHead.of(
                        id,
                        entry.connection(),
                        entry.firstNumber(),
                        entry.firstByteAt(),
                        entry.lastByteAt(),
                        entry.content())
                .encode();
    }

    private void fill(ClientMessage message, Content content) {
        if (content instanceof Frames frames) {
            copy(frames, message.getBodyBuffer());
        } else {
            SourceStream stream = new SourceStream((SpilledFrame) content);
            source = stream;
            message.setBodyInputStream(stream);
        }
    }

    /** Payloads that touch each other go in one piece. */
    private static void copy(Frames frames, ActiveMQBuffer body) {
        int count = frames.count();
        int start = 0;
        int end = 0;
        for (int i = 0; i < count; i++) {
            int next = frames.start(i);
            if (next != end) {
                write(frames, start, end, body);
                start = next;
            }
            end = next + (int) frames.size(i);
        }
        write(frames, start, end, body);
    }

    private static void write(Frames frames, int start, int end, ActiveMQBuffer body) {
        if (end > start) {
            body.writeBytes(frames.buffer().nioBuffer(start, end - start));
        }
    }

    /**
     * @param ended told of each entry before its receipt
     */
    void stored(Consumer<Pending> ended) {
        end(ended, Receipt::stored);
    }

    /**
     * @param ended told of each entry before its receipt
     */
    void abandoned(Consumer<Pending> ended, String reason) {
        end(ended, receipt -> receipt.abandoned(reason));
    }

    private void end(Consumer<Pending> ended, Consumer<Receipt> how) {
        for (Pending entry : entries) {
            ended.accept(entry);
            end(entry, how);
        }
    }

    static void end(Pending entry, Consumer<Receipt> how) {
        entry.content().release();
        try {
            how.accept(entry.receipt());
        } catch (RuntimeException e) {
            SpoolStates.LOG.log(
                    System.Logger.Level.WARNING, "DMG4107 a receipt of the spool failed: " + e, e);
        }
    }

    /** Opened when it is read first, and remembers that it failed: the broker is not to blame. */
    private static final class SourceStream extends InputStream {

        private final SpilledFrame frame;
        private @Nullable InputStream in;
        private @Nullable IOException failure;

        SourceStream(SpilledFrame frame) {
            this.frame = frame;
        }

        private InputStream in() throws IOException {
            InputStream open = in;
            if (open == null) {
                open = frame.stream();
                in = open;
            }
            return open;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in().read(target, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
