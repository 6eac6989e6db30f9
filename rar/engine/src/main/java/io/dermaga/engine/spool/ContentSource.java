package io.dermaga.engine.spool;

import io.dermaga.engine.monitor.WallClock;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.payload.Place;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.payload.SpillingStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;

/** Makes contents of messages: in memory, or in a file if it is a large payload. Thread-safe. */
final class ContentSource {

    private final SpillStore store;
    private final long largeFrom;

    ContentSource(SpillStore store, long largeFrom) {
        this.store = store;
        this.largeFrom = largeFrom;
    }

    /**
     * Takes the payloads of a message; waits for the disk if it is large.
     *
     * @param from index of the first payload that is wanted
     * @param budget books what is in memory, and {@code overhead}
     * @throws IllegalArgumentException if head and body do not fit each other
     * @throws IOException if the file cannot be written
     */
    Content of(ClientMessage message, EntryHead head, int from, ByteBudget budget, int overhead)
            throws ActiveMQException, IOException {
        long last = WallClock.nanosOf(head.lastByteAt());
        long first = from == 0 ? WallClock.nanosOf(head.firstByteAt()) : last;
        if (head.count() == 1 && head.bytes() > largeFrom && message.isLargeMessage()) {
            return spill(message, head, budget, first, last);
        }
        byte[] body = body(message, head);
        if (head.bytes() != body.length) {
            throw new IllegalArgumentException(
                    "bytes: given=" + body.length + " expected=" + head.bytes());
        }
        int start = 0;
        for (int i = 0; i < from; i++) {
            start += (int) head.size(i);
        }
        int size = body.length - start;
        ByteBuf buffer = Unpooled.wrappedBuffer(body, start, size);
        if (head.count() - from == 1) {
            long held = (long) body.length + overhead;
            budget.acquire(held);
            return Frames.one(
                    buffer, size, first, last, budget, held, head.cut(), place(head, from));
        }
        boolean areKnown = head.places().areKnown();
        int[] rows = rows(head, from, areKnown ? 4 : 2);
        long held = (long) body.length + overhead + (long) Integer.BYTES * rows.length;
        budget.acquire(held);
        if (!areKnown) {
            return new Frames(buffer, rows, size, first, last, budget, held);
        }
        long base = head.places().start(from);
        int reads = place(head, from).reads();
        return Frames.of(buffer, rows, size, first, last, budget, held, base, reads);
    }

    private static Place place(EntryHead head, int index) {
        StoredPlaces places = head.places();
        return places.areKnown()
                ? new Place(places.start(index), places.end(index), index == 0 ? places.reads() : 1)
                : Place.UNKNOWN;
    }

    /** Start and end of payloads that follow each other, and of their frames if those are known. */
    private static int[] rows(EntryHead head, int from, int width) {
        int[] rows = new int[width * (head.count() - from)];
        StoredPlaces places = head.places();
        int at = 0;
        int end = 0;
        for (int i = from; i < head.count(); i++) {
            rows[at++] = end;
            end += (int) head.size(i);
            rows[at++] = end;
            if (width > 2) {
                rows[at++] = (int) (places.start(i) - places.start(from));
                rows[at++] = (int) (places.end(i) - places.start(from));
            }
        }
        return rows;
    }

    /** Of an entry that nobody gets. */
    static Content none(ByteBudget budget) {
        return new Frames(Unpooled.EMPTY_BUFFER, new int[0], 0, 0, 0, budget, 0);
    }

    private static byte[] body(ClientMessage message, EntryHead head) throws ActiveMQException {
        if (message.isLargeMessage()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream((int) head.bytes());
            message.saveToOutputStream(out);
            return out.toByteArray();
        }
        byte[] body = new byte[message.getBodySize()];
        message.getBodyBuffer().readBytes(body);
        return body;
    }

    private Content spill(
            ClientMessage message, EntryHead head, ByteBudget budget, long first, long last)
            throws ActiveMQException, IOException {
        SpillingStream out = new SpillingStream(store, budget, first);
        try {
            message.saveToOutputStream(out);
            if (out.size() != head.bytes()) {
                throw new IllegalArgumentException(
                        "bytes: given=" + out.size() + " expected=" + head.bytes());
            }
            return out.finish(last, head.cut(), place(head, 0));
        } catch (ActiveMQException | IOException | RuntimeException e) {
            out.discard();
            IOException cause = out.failure();
            if (cause != null) {
                throw new IOException("large payload cannot be received", cause);
            }
            throw e;
        }
    }
}
