package io.dermaga.engine.lane;

import io.dermaga.api.Reply;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.reply.PayloadHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A content on its way through a bean: tells which of its payloads the bean may touch now. */
final class Delivery {

    private static final byte[] NOTHING = {};

    private final LaneOwner owner;
    private final Content content;
    private final long firstNumber;

    /** First and last but one payload that are being delivered, in the two halves. */
    private volatile long open;

    private volatile int deliveryCount = 1;

    /** What the bean has replied in this delivery, by payload; null if nothing. */
    private volatile @Nullable Map<Integer, List<Reply>> replies;

    /**
     * @param firstNumber number of the content's first payload on its connection
     */
    Delivery(LaneOwner owner, Content content, long firstNumber) {
        this.owner = owner;
        this.content = content;
        this.firstNumber = firstNumber;
    }

    /**
     * From now on these payloads are being delivered, and no others; what was replied is forgotten.
     *
     * @param deliveryCount how often each was given to a bean, this time included
     */
    void open(int from, int count, int deliveryCount) {
        this.deliveryCount = deliveryCount;
        replies = null;
        open = (long) from << Integer.SIZE | from + count;
    }

    /** From now on none is. */
    void close() {
        open = 0;
    }

    boolean isOpen(int index) {
        long now = open;
        return index >= (int) (now >>> Integer.SIZE) && index < (int) now;
    }

    LaneOwner owner() {
        return owner;
    }

    Content content() {
        return content;
    }

    long number(int index) {
        return firstNumber + index;
    }

    int deliveryCount() {
        return deliveryCount;
    }

    /** The beginning of a payload. */
    PayloadHead head(int index) {
        return most -> {
            byte[] head = new byte[(int) Math.min(most, content.size(index))];
            LanePayload.copyHead(content, index, head.length, head, 0);
            return head;
        };
    }

    /**
     * The beginning of a payload; empty if it cannot be read from the disk: its bean will be told.
     */
    byte[] readableHead(int index, int most) {
        if (content instanceof Frames) {
            return head(index).first(most);
        }
        try (InputStream in = LanePayload.stream(content, index)) {
            return in.readNBytes(most);
        } catch (IOException e) {
            return NOTHING;
        }
    }

    // ---- what the bean replies, until the outcome is known

    /** On the delivering thread. */
    void reply(int index, Reply reply) {
        Map<Integer, List<Reply>> all = replies;
        if (all == null) {
            all = new HashMap<>();
            replies = all;
        }
        all.computeIfAbsent(index, key -> new ArrayList<>(1)).add(reply);
    }

    boolean hasReplies() {
        return replies != null;
    }

    /**
     * The replies to a payload.
     *
     * @param returned comes after the others; null if there is none
     */
    List<Reply> replies(int index, @Nullable Reply returned) {
        Map<Integer, List<Reply>> all = replies;
        List<Reply> given = all == null ? List.of() : all.getOrDefault(index, List.of());
        if (returned == null) {
            return given;
        }
        List<Reply> both = new ArrayList<>(given);
        both.add(returned);
        return both;
    }
}
