package io.dermaga.engine.lane;

import io.dermaga.api.Reply;
import io.dermaga.engine.reply.PayloadHead;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a peer what became of its payloads, in their order: what the bean has replied, else what
 * settings and framing have for it. Used by whoever holds the lane.
 */
final class Answers {

    private static final byte[] NOTHING = {};

    private final LaneOwner owner;

    Answers(LaneOwner owner) {
        this.owner = owner;
    }

    /** A payload ended without a bean. */
    void settled(boolean delivered) {
        if (owner.answersOutcome()) {
            write(owner.outcomeAnswer(delivered, PayloadHead.LOST), false);
        }
    }

    /** No bean could take a payload. */
    void failed(Delivery delivery, int index) {
        if (owner.answersOutcome()) {
            write(owner.outcomeAnswer(false, delivery.head(index)), false);
        }
    }

    /**
     * A bean has taken payloads.
     *
     * @param returned what it has returned for the only one
     */
    void delivered(Delivery delivery, int from, int count, @Nullable Reply returned) {
        boolean answers = owner.answersOutcome();
        if (!answers && returned == null && !delivery.hasReplies()) {
            return;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        boolean end = false;
        for (int i = from; i < from + count; i++) {
            end |= append(all, delivery, i, delivery.replies(i, returned));
        }
        write(all.toByteArray(), end);
    }

    /**
     * A payload was delivered before, to a peer that did not hear of it or asks again.
     *
     * @param replies of the bean, the first time
     */
    void repeated(Delivery delivery, int index, List<Reply> replies) {
        if (owner.answersOutcome() || !replies.isEmpty()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            boolean end = append(all, delivery, index, replies);
            write(all.toByteArray(), end);
        }
    }

    /** Returns whether the connection is to be ended after it. */
    private boolean append(
            ByteArrayOutputStream all, Delivery delivery, int index, List<Reply> replies) {
        if (replies.isEmpty() || owner.answersBesideReplies()) {
            boolean accepted = replies.stream().noneMatch(one -> one.kind() == Reply.Kind.NAK);
            append(all, delivery, index, accepted);
        }
        boolean end = false;
        for (Reply reply : replies) {
            end |= reply.endsConnection();
            switch (reply.kind()) {
                case CONTENT -> all.writeBytes(reply.bytes(owner.settings().charset()));
                case ACK, NAK -> {
                    if (!owner.answersBesideReplies()) {
                        append(all, delivery, index, reply.kind() == Reply.Kind.ACK);
                    }
                }
                case NONE -> {
                    // that is what it says
                }
            }
        }
        return end;
    }

    private void append(ByteArrayOutputStream all, Delivery delivery, int index, boolean accepted) {
        byte[] answer = owner.outcomeAnswer(accepted, delivery.head(index));
        if (answer != null) {
            all.writeBytes(answer);
        }
    }

    private void write(byte @Nullable [] bytes, boolean end) {
        if (end || (bytes != null && bytes.length > 0)) {
            owner.answer(bytes == null ? NOTHING : bytes, end);
        }
    }
}
