package io.dermaga.engine.lane;

import io.dermaga.api.Connection;
import io.dermaga.engine.idempotency.KnownKeys;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.monitor.Origin;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.reply.PayloadHead;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.OnOversize;
import java.io.IOException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** The connection that a lane belongs to. Callbacks come on workers or on the event loop. */
public interface LaneOwner extends Connection {

    ListenerSettings settings();

    ListenerCounters counters();

    Feed feed();

    /** What the feed is told of its messages. */
    Origin origin();

    /** Runs a task on the event loop of the connection, after the events that it is at. */
    void afterBurst(Runnable task);

    /** The way back to the event loop of the connection. */
    HandBack handBack();

    /** What the bytes of events are booked in. */
    ByteBudget budget();

    /** Whether no bean is given a content: it is the beginning of what was too large. */
    default boolean refuses(Content content) {
        return content.isCut() && settings().framing().onOversize() == OnOversize.DEAD_LETTER;
    }

    /** Whether {@link #outcomeAnswer} may be something. */
    boolean answersOutcome();

    /**
     * What its peer is told when the delivery of a payload has ended; null if nothing.
     *
     * @param payload its beginning
     */
    byte @Nullable [] outcomeAnswer(boolean delivered, PayloadHead payload);

    /**
     * Tells its peer what became of payloads, in their order.
     *
     * @param end whether the connection is ended after it
     */
    void answer(byte[] bytes, boolean end);

    /** Whether somebody is there whom {@link #answer} reaches. */
    default boolean hearsAnswers() {
        return isOpen();
    }

    /** Whether its peer was told of its payloads when they were stored. */
    default boolean wasToldWhenStored() {
        return false;
    }

    /** Whether {@link #outcomeAnswer} comes before what a bean replies, instead of without it. */
    boolean answersBesideReplies();

    /**
     * A bean has failed on a payload for the last time: it is kept. Blocks.
     *
     * @throws IOException if it cannot be kept now, one sentence; asked again later
     */
    void deadLetter(DeadPayload payload) throws IOException;

    /**
     * What else happens then.
     *
     * @param why numbered, one sentence
     */
    void poisoned(String why);

    /** Whether anything may be delivered now; else the lane waits for {@link Lane#resume()}. */
    boolean mayDeliver();

    /**
     * {@link System#nanoTime()} of when the content that its lane delivers now came out of the
     * spool; 0 if it was in none.
     */
    default long storedNanos() {
        return 0;
    }

    /** How often its payloads were given to a bean before they came to its lane. */
    int deliveredBefore();

    /** Whether payloads that no bean has seen when the lane has to stop are kept elsewhere. */
    boolean keepsDiscarded();

    /**
     * The part of its spool in the transaction of one delivery.
     *
     * @param upTo how many payloads of the content are done when it commits
     * @return null if it has none
     */
    @Nullable XAResource branch(int upTo);

    /**
     * All payloads of the next content of its lane have ended.
     *
     * @param ended how many have ended with a bean, or without one that was needed
     * @param discarded whether there are more, which no bean has seen, since the lane had to stop
     */
    void contentEnded(int ended, boolean discarded);

    /** What its listener has delivered; null if payloads that are repeated are delivered again. */
    @Nullable KnownKeys knownKeys();

    /** The share of its payloads that is traced, 0 to 1. */
    double traced();

    /** Less than half of the high watermark waits now. */
    void laneBelowWatermark();

    /**
     * Everything before the end of the peer's side was delivered.
     *
     * @param failed whether a delivery has failed
     */
    void laneEnded(boolean failed);

    /** Everything was delivered, the close of the connection included. */
    void laneFinished();
}
