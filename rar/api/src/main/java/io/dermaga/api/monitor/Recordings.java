package io.dermaga.api.monitor;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What peers and beans say to each other, recorded and sent again. A recording holds the bytes of
 * both directions as they were read and written, of an encrypted connection those inside of TLS,
 * each with its time. Any thread but an event loop; nothing here holds up a delivery.
 */
public interface Recordings {

    /** How many recordings are kept, those that go on included. */
    int MOST_KEPT = 100;

    /** How many go on at once. */
    int MOST_RUNNING = 4;

    /** How many connections a recording has at most. */
    int MOST_CONNECTIONS = 10_000;

    /** How many replays go on at once. */
    int MOST_REPLAYS = 2;

    /**
     * Begins one: of connections that are accepted from now on, and of those that are open, from
     * here on. Reserves its budget; returns when its file is there.
     *
     * @param actor who asked, for the event
     * @throws IllegalArgumentException DMG1007 if there is no such listener, DMG1001 if something
     *     else is not allowed
     * @throws IllegalStateException DMG3303 if too many go on or are kept, or there is no room
     * @throws UncheckedIOException DMG3304 if the disk fails
     */
    Recording start(RecordingRequest request, String actor);

    /**
     * Ends one; returns when its file is complete.
     *
     * @param actor who asked, for the event
     * @return {@code false} if there is no such recording, or it has ended
     */
    boolean stop(String id, String actor);

    /**
     * Removes one that has ended.
     *
     * @param actor who asked, for the event
     * @return {@code false} if there is no such recording
     * @throws IllegalStateException DMG3305 if it goes on
     * @throws UncheckedIOException DMG3304 if the disk fails
     */
    boolean delete(String id, String actor);

    /** All, the newest first. */
    List<Recording> list();

    /** One of them. */
    Optional<Recording> find(String id);

    /**
     * The file of one, as pcapng; of one that goes on, what is written so far. To be closed by the
     * caller.
     *
     * @throws UncheckedIOException DMG3304 if it cannot be read
     */
    Optional<InputStream> content(String id);

    /**
     * Its connections in the order of their beginning; reads the file.
     *
     * @throws UncheckedIOException DMG3304 if it cannot be read
     */
    Optional<List<RecordedConnection>> connections(String id);

    /**
     * Sends what a recorded peer has sent to a listener again, over a socket of this machine, and
     * compares the replies; returns at once. What a peer had sent in answer to a reply is sent when
     * as many bytes of replies have come.
     *
     * @param actor who asked, for the event
     * @return how it stands now
     * @throws IllegalArgumentException DMG1007 if there is no such listener, recording or
     *     connection, DMG1001 if the speed is not allowed
     * @throws IllegalStateException DMG3308 if the listener cannot be replayed to, DMG3309 if too
     *     many replays go on
     * @throws UncheckedIOException DMG3304 if the file cannot be read
     */
    RecordingReplay replay(RecordingReplayRequest request, String actor);

    /** Replays that go on, and the last ones that have ended; newest first, at most 50. */
    List<RecordingReplay> replays();

    /**
     * Ends a replay.
     *
     * @param actor who asked, for the event
     * @return {@code false} if there is no such replay, or it has ended
     */
    boolean cancelReplay(String id, String actor);

    /** Figures of all. Costs nothing. */
    RecordingTotals totals();
}
