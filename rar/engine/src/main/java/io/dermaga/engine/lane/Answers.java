package io.dermaga.engine.lane;

import io.dermaga.api.Reply;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement.Kind;
import io.dermaga.engine.monitor.Told;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.reply.PayloadHead;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a peer what became of its payloads, in their order: what the bean has replied, else what
 * settings and framing have for it. Used by whoever holds the lane.
 */
final class Answers {

    private static final List<Told> NOTHING = List.of(Told.NOTHING);
    private static final List<Told> STORED = List.of(Told.STORED);

    private final LaneOwner owner;

    Answers(LaneOwner owner) {
        this.owner = owner;
    }

    /** A payload ended without a bean: its peer is told. */
    void settled(boolean delivered) {
        if (owner.answersOutcome()) {
            tell(Told.outcome(delivered, owner.outcomeAnswer(delivered, PayloadHead.LOST)));
        }
    }

    /** What is said of a payload that no bean could take. */
    Told failed(Delivery delivery, int index) {
        return owner.hearsAnswers() && owner.answersOutcome()
                ? outcome(delivery, index, false)
                : before(delivery.content());
    }

    /**
     * What is said of payloads that a bean has taken, one after the other.
     *
     * @param returned what it has returned for the only one
     * @return one for each, or one for all of them
     */
    List<Told> delivered(Delivery delivery, int from, int count, @Nullable Reply returned) {
        boolean replies = returned != null || delivery.hasReplies();
        if (!owner.hearsAnswers() || (!owner.answersOutcome() && !replies)) {
            return owner.wasToldWhenStored() ? STORED : NOTHING;
        }
        if (count == 1) {
            return List.of(of(delivery, from, delivery.replies(from, returned)));
        }
        List<Told> all = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            all.add(of(delivery, i, delivery.replies(i, returned)));
        }
        return all;
    }

    /**
     * What is said of a payload that was delivered before, to a peer that did not hear of it or
     * asks again.
     *
     * @param replies of the bean, the first time
     */
    Told repeated(Delivery delivery, int index, List<Reply> replies) {
        return owner.hearsAnswers() && (owner.answersOutcome() || !replies.isEmpty())
                ? of(delivery, index, replies)
                : before(delivery.content());
    }

    /** What was said of a content when it was stored. */
    private Told before(Content content) {
        if (!owner.wasToldWhenStored()) {
            return Told.NOTHING;
        }
        return owner.refuses(content) ? Told.REFUSED : Told.STORED;
    }

    private Told of(Delivery delivery, int index, List<Reply> replies) {
        if (replies.isEmpty()) {
            return outcome(delivery, index, true);
        }
        boolean accepted = replies.stream().noneMatch(one -> one.kind() == Reply.Kind.NAK);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (owner.answersBesideReplies()) {
            all.writeBytes(outcome(delivery, index, accepted).bytes());
        }
        boolean end = false;
        boolean content = false;
        for (Reply reply : replies) {
            end |= reply.endsConnection();
            switch (reply.kind()) {
                case CONTENT -> {
                    all.writeBytes(reply.bytes(owner.settings().charset()));
                    content = true;
                }
                case ACK, NAK -> {
                    if (!owner.answersBesideReplies()) {
                        all.writeBytes(
                                outcome(delivery, index, reply.kind() == Reply.Kind.ACK).bytes());
                    }
                }
                case NONE -> {
                    // that is what it says
                }
            }
        }
        Kind kind = content ? Kind.REPLY : accepted ? Kind.ACK : Kind.NAK;
        return new Told(all.size() == 0 ? Kind.NONE : kind, all.toByteArray(), end);
    }

    private Told outcome(Delivery delivery, int index, boolean accepted) {
        return Told.outcome(accepted, owner.outcomeAnswer(accepted, delivery.head(index)));
    }

    /** Tells its peer. */
    void tell(Told told) {
        if (told.isSomething()) {
            owner.answer(told.bytes(), told.endsConnection());
        }
    }

    /** Tells its peer all of it at once. */
    void tell(List<Told> all) {
        if (all.size() == 1) {
            tell(all.get(0));
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        all.forEach(told -> bytes.writeBytes(told.bytes()));
        boolean end = all.stream().anyMatch(Told::endsConnection);
        tell(new Told(Kind.NONE, bytes.toByteArray(), end));
    }
}
