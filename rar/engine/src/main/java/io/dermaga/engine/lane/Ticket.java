package io.dermaga.engine.lane;

import io.dermaga.engine.payload.Content;
import java.io.ByteArrayOutputStream;

/**
 * Holds the place of payloads that are in the spool: what comes after them on their connection goes
 * on when they are acknowledged. Any thread tells it; {@link Lane#signal()} follows.
 */
public final class Ticket {

    private final long bytes;
    private final int count;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream(0);
    private boolean end;
    private volatile boolean answered;
    private volatile boolean over;

    /**
     * @param content whose place it holds
     */
    public Ticket(Content content) {
        this.bytes = content.bytes();
        this.count = content.count();
    }

    /**
     * What a peer is told of payloads that are stored: all at once.
     *
     * @param owner their connection
     */
    public static byte[] acknowledgement(LaneOwner owner, Content content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (owner.answersOutcome()) {
            boolean accepted = !owner.refuses(content);
            Delivery heads = new Delivery(owner, content, 0);
            for (int i = 0; i < content.count(); i++) {
                byte[] answer = owner.outcomeAnswer(accepted, heads.head(i));
                if (answer != null) {
                    all.writeBytes(answer);
                }
            }
        }
        return all.toByteArray();
    }

    long bytes() {
        return bytes;
    }

    int count() {
        return count;
    }

    /** The peer is to be told this, after what it was told before. */
    public synchronized void answer(byte[] more, boolean thenEnd) {
        answers.writeBytes(more);
        end |= thenEnd;
        answered = true;
    }

    /** What comes after it goes on. */
    public void finish() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    boolean hasAnswers() {
        return answered;
    }

    /** Tells the peer what it has not been told yet. By whoever holds the lane. */
    synchronized void tell(LaneOwner owner) {
        if (answered) {
            owner.answer(answers.toByteArray(), end);
            answers.reset();
            end = false;
            answered = false;
        }
    }
}
