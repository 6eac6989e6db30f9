package io.dermaga.engine.spool;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/**
 * Says that an entry is done up to a payload: {@code version 1 | run 8 | number 8 | done 4}.
 *
 * @param done payloads of the entry that are
 */
record Mark(EntryId id, int done) {

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 2 * Long.BYTES + Integer.BYTES;

    /** Adds it to those of a queue, in the transaction of a session. */
    void send(ClientSession session, SpoolQueue queue) throws ActiveMQException {
        ClientMessage message = session.createMessage(true);
        message.putBytesProperty(Batch.HEAD, encode());
        try (ClientProducer producer = session.createProducer(queue.marksAddress())) {
            producer.send(message);
        }
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(id.run())
                .putLong(id.number())
                .putInt(done)
                .array();
    }

    /**
     * @throws IllegalArgumentException if it was not written by {@link #encode()} of this version
     */
    static Mark decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "version: given=" + version + " allowed=" + VERSION);
            }
            return new Mark(new EntryId(in.getLong(), in.getLong()), in.getInt());
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("not a mark", e);
        }
    }
}
