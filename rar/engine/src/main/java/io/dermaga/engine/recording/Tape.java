package io.dermaga.engine.recording;

import io.dermaga.api.CloseReason;
import io.dermaga.engine.recording.Entry.Kind;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recordings that a connection is in, one at least. Immutable; its methods tell all of them
 * what happens, on any thread, and never wait.
 */
public final class Tape {

    private final List<Track> tracks;

    private Tape(List<Track> tracks) {
        this.tracks = tracks;
    }

    /** Null if there are none. */
    static @Nullable Tape of(List<Track> tracks) {
        return tracks.isEmpty() ? null : new Tape(List.copyOf(tracks));
    }

    /** With one more; {@code before} if that recording has the connection already. */
    static @Nullable Tape with(@Nullable Tape before, Track track, Capture capture) {
        List<Track> all = new ArrayList<>();
        if (before != null) {
            if (before.tracks.stream().anyMatch(one -> one.isOf(capture))) {
                return before;
            }
            all.addAll(before.tracks);
        }
        track.opened();
        all.add(track);
        return of(all);
    }

    /** Without those that have ended; null if none is left. */
    public @Nullable Tape current() {
        for (Track track : tracks) {
            if (track.hasEnded()) {
                return of(tracks.stream().filter(one -> !one.hasEnded()).toList());
            }
        }
        return this;
    }

    /** The peer has sent bytes; they are copied. */
    public void read(ByteBuf data) {
        tracks.forEach(track -> track.read(data));
    }

    /** The kernel, or TLS, has taken bytes; they are copied. */
    public void written(ByteBuf data) {
        tracks.forEach(track -> track.written(data));
    }

    /** As {@link #written(ByteBuf)}, the first {@code length} bytes. */
    public void written(byte[] data, int length) {
        tracks.forEach(track -> track.written(data, length));
    }

    /** The peer has ended its side. */
    public void peerEnded() {
        tracks.forEach(Track::peerEnded);
    }

    /** This side has ended. */
    public void ended() {
        tracks.forEach(Track::ended);
    }

    /**
     * It is closed.
     *
     * @param reset whether this side has reset it
     */
    public void closed(CloseReason reason, boolean reset) {
        Kind how =
                reason == CloseReason.PEER_RESET
                        ? Kind.PEER_RESET
                        : reset ? Kind.RESET : Kind.CLOSED;
        tracks.forEach(track -> track.closed(how, reason.name()));
    }
}
