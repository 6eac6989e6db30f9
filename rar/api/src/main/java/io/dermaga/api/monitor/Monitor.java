package io.dermaga.api.monitor;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the adapter knows about itself, and what an operator may tell it.
 *
 * <p>Feeds are numbered from 1 on without gaps. A reader keeps the last number that it has seen and
 * asks for what came after; entries older than the adapter keeps are gone, which the reader sees by
 * a first number larger than the one it expected.
 */
public interface Monitor {

    /** How many of the latest messages are kept. */
    int MESSAGES_KEPT = 10_000;

    /** How many of the latest events are kept. */
    int EVENTS_KEPT = 10_000;

    /** The adapter and its listeners now. Costs nothing on the delivery path. */
    AdapterSnapshot snapshot();

    /** The open connections now, in no order. */
    List<ConnectionSnapshot> connections();

    /** One open connection. */
    Optional<ConnectionSnapshot> connection(String id);

    /** Number of the newest message; 0 if there was none. */
    long lastMessage();

    /**
     * Finished messages with a number greater than {@code after}, oldest first.
     *
     * @param max at most this many, 1 or more; the newest are left out
     */
    List<MessageRecord> messages(long after, int max);

    /** As {@link #messages}, with the kept beginnings of their contents. */
    List<RecordedMessage> recorded(long after, int max);

    /** The newest message with this {@link MessageRecord#id()}, while it is kept. */
    Optional<MessageRecord> message(String id);

    /**
     * The reads that brought a message, in their order, while they are kept: of each connection the
     * latest {@link StreamRead#MOST_KEPT}, as long as one of its messages is kept. Empty if there
     * are none.
     */
    List<StreamRead> reads(String id);

    /** The kept beginning of a message's content (activation property {@code recordBytes}). */
    Optional<MessageContent> content(String id);

    /** Number of the newest event; 0 if there was none. */
    long lastEvent();

    /** Events with a number greater than {@code after}, oldest first; as {@link #messages}. */
    List<MonitorEvent> events(long after, int max);

    /**
     * Closes a connection; the peer sees a reset. Shown as {@link
     * io.dermaga.api.CloseReason#OPERATOR}.
     *
     * @param actor who asked, for the event
     * @return {@code false} if there is no such open connection
     */
    boolean closeConnection(String id, String actor);

    /**
     * Keeps a connection from reading, whatever its bean does, until {@link #resumeConnection}.
     *
     * @param actor who asked, for the event
     * @return {@code false} if there is no such open connection
     */
    boolean pauseConnection(String id, String actor);

    /**
     * The end of {@link #pauseConnection}; the connection reads again unless its bean or
     * back-pressure holds it as well.
     *
     * @param actor who asked, for the event
     * @return {@code false} if there is no such open connection
     */
    boolean resumeConnection(String id, String actor);

    /**
     * Writes bytes to the peer of a connection, after everything that was written to it before, and
     * in one piece: never amid a reply, or what its bean has written by one call. They are queued;
     * nothing is waited for.
     *
     * @param actor who asked, for the event
     * @return how many bytes, with what the framing has put around them; empty if there is no such
     *     open connection
     * @throws IllegalArgumentException DMG1001 if there are none or too many, DMG1011 if they
     *     cannot be put into the framing
     * @throws IllegalStateException DMG3318 if it is not open yet or this side of it has ended,
     *     DMG3319 if the peer does not read what was written before
     */
    OptionalInt write(WriteRequest request, String actor);

    /**
     * Lets a listener take no more connections; those that are there live on, new ones wait in the
     * backlog. With {@code mode=CONNECT}, lost connections are not made again.
     *
     * @param actor who asked, for the event
     * @return {@code false} if it takes none now: it is not open, or paused already
     * @throws IllegalArgumentException DMG1007 if there is no such listener
     */
    boolean pauseListener(String listener, String actor);

    /**
     * The end of {@link #pauseListener}.
     *
     * @param actor who asked, for the event
     * @return {@code false} if it is not paused
     * @throws IllegalArgumentException DMG1007 if there is no such listener
     */
    boolean resumeListener(String listener, String actor);

    /**
     * Closes the port of a listener, delivers what is in flight for at most {@code drainTimeout},
     * and ends its connections, as at an undeployment; its application goes on. Returns at once;
     * {@link ListenerState#STOPPED} tells that it is done.
     *
     * @param actor who asked, for the event
     * @return {@code false} if it is closed or being closed already
     * @throws IllegalArgumentException DMG1007 if there is no such listener
     */
    boolean stopListener(String listener, String actor);

    /**
     * Opens a listener again that was stopped.
     *
     * @param actor who asked, for the event
     * @return {@code false} if it is not stopped
     * @throws IllegalArgumentException DMG1007 if there is no such listener
     */
    boolean startListener(String listener, String actor);

    /**
     * Reads the certificates of a listener again; connections that are there live on. Blocks for
     * the time of reading some files.
     *
     * @param actor who asked, for the event
     * @return what is wrong with the files, numbered, one sentence, and those read before stay in
     *     use; null if there is nothing wrong
     * @throws IllegalArgumentException DMG1007 if there is no such listener, or it has no
     *     certificates
     */
    @Nullable String reloadCertificates(String listener, String actor);

    /**
     * Changes who may connect to a listener, until it is opened anew; connections that are there
     * and may no longer be are closed.
     *
     * @param allow addresses and ranges ({@code 10.0.0.0/8}, {@code ::1}), separated by commas;
     *     empty: all that {@code deny} does not have
     * @param deny as {@code allow}; counts more
     * @param actor who asked, for the event
     * @throws IllegalArgumentException DMG1007 if there is no such listener, DMG1001 if a range
     *     cannot be read; nothing is changed then
     */
    void changeAccess(String listener, String allow, String deny, String actor);

    /**
     * Changes how much goes through a listener, until it is opened anew.
     *
     * @param actor who asked, for the event
     * @throws IllegalArgumentException DMG1007 if there is no such listener, DMG1001 if a rate is
     *     not allowed; nothing is changed then
     */
    void changeRates(String listener, Rates rates, String actor);

    /**
     * Dead letters, the one of the newest failure first, without their stacks.
     *
     * @param afterId the last one of the page before; null, or one that is not remembered any more:
     *     from the newest on
     * @param max at most this many, 1 or more
     */
    List<DeadLetter> deadLetters(DeadLetterFilter filter, @Nullable String afterId, int max);

    /** How many dead letters the filter means. */
    long deadLetterCount(DeadLetterFilter filter);

    /** Those that the filter means by {@link DeadLetter#fault()}, the most frequent fault first. */
    List<DeadLetterGroup> deadLetterGroups(DeadLetterFilter filter);

    /**
     * One dead letter, with its stack.
     *
     * @throws UncheckedIOException DMG3203 if its facts cannot be read any more
     */
    Optional<DeadLetter> deadLetter(String id);

    /**
     * What would be delivered of a dead letter: the edited content, or the original if there is
     * none. To be closed by the caller.
     *
     * @throws UncheckedIOException DMG3210 if it cannot be read
     */
    Optional<InputStream> deadLetterContent(String id);

    /** What was delivered of a dead letter, as {@link #deadLetterContent}. */
    Optional<InputStream> deadLetterOriginal(String id);

    /**
     * Changes what would be delivered of a dead letter; the original is kept. Returns when it is
     * forced to disk.
     *
     * @param actor who asked, for the event
     * @return {@code false} if there is no such dead letter
     * @throws UncheckedIOException DMG3201 if the disk fails, DMG3202 if the capacity is used up;
     *     nothing is changed then
     * @throws IllegalStateException DMG3208 if it is being replayed
     */
    boolean editDeadLetter(String id, byte[] content, String actor);

    /**
     * Removes a dead letter, the original as well. Returns when it is forced to disk.
     *
     * @param actor who asked, for the event
     * @return {@code false} if there is no such dead letter
     * @throws UncheckedIOException DMG3201 if the disk fails
     * @throws IllegalStateException DMG3208 if it is being replayed
     */
    boolean deleteDeadLetter(String id, String actor);

    /**
     * Delivers dead letters to the bean of their listener again, once each, one after another, the
     * oldest failure first; returns at once. Those that are delivered are gone, the others stay.
     * Nobody is answered: their peers have been. A listener that is paused by poison holds the
     * replay up.
     *
     * @param actor who asked, for the event
     * @return how it stands now
     * @throws IllegalStateException DMG3214 if too many replays go on
     */
    DeadLetterReplay replayDeadLetters(DeadLetterFilter filter, String actor);

    /**
     * The same for these letters, in the order of the list.
     *
     * @param ids of dead letters; one that is not there is skipped
     * @param actor who asked, for the event
     */
    DeadLetterReplay replayDeadLetters(List<String> ids, String actor);

    /** Replays that go on, and the last ones that have ended; newest first, at most 50. */
    List<DeadLetterReplay> deadLetterReplays();

    /**
     * Ends a replay after the letter that a bean has now.
     *
     * @param actor who asked, for the event
     * @return {@code false} if there is no such replay, or it has ended or is cancelled already
     */
    boolean cancelDeadLetterReplay(String id, String actor);

    /**
     * Runs every framing over sample bytes, as a listener with that framing and otherwise default
     * settings would read them if their sender then ended its side. Needs no listener; reads and
     * computes on the caller's thread, one sample at a time.
     *
     * @param sample 1 to {@link FramingTrials#MOST_BYTES} bytes; not changed
     * @throws IllegalArgumentException DMG1010 if it has none or too many
     */
    FramingTrials tryFramings(byte[] sample);

    /**
     * Sends bytes to a listener over a connection of this machine, with TLS where it expects that,
     * and takes what it answers. Blocks on the caller's thread until the listener has ended the
     * connection, has answered and then been silent for half a second, or the patience is over.
     *
     * @param actor who asked, for the event
     * @throws IllegalArgumentException DMG1007 if there is no such listener, DMG1001 if the bytes
     *     or the patience are not allowed, DMG1011 if the payload cannot be put into its framing
     * @throws IllegalStateException DMG3308 if the listener takes no connection of this machine,
     *     DMG3315 if too many send
     * @throws UncheckedIOException DMG3317 if it cannot be connected to
     */
    SendResult send(SendRequest request, String actor);

    /** Recordings of connections, and replays of these. */
    Recordings recordings();
}
