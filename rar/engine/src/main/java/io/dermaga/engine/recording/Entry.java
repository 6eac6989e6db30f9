package io.dermaga.engine.recording;

/** Something that has happened on a recorded connection, on its way to the disk. */
final class Entry {

    static final byte[] NONE = {};

    /** What has happened. */
    enum Kind {
        OPENED,
        READ,
        WRITTEN,
        /** The peer has ended its side. */
        PEER_ENDED,
        /** This side has ended. */
        ENDED,
        /** Both have ended. */
        CLOSED,
        PEER_RESET,
        RESET,
        /** Nothing more of it is recorded. */
        CUT
    }

    private final Track track;
    private final Kind kind;
    private final long nanos;
    private final byte[] data;
    private final String text;

    /**
     * @param nanos when, as {@link System#nanoTime()}
     * @param data bytes that were read or written; not changed by anybody
     * @param text why it has closed
     */
    Entry(Track track, Kind kind, long nanos, byte[] data, String text) {
        this.track = track;
        this.kind = kind;
        this.nanos = nanos;
        this.data = data;
        this.text = text;
    }

    /** Of the connection. */
    Track track() {
        return track;
    }

    Kind kind() {
        return kind;
    }

    long nanos() {
        return nanos;
    }

    byte[] data() {
        return data;
    }

    String text() {
        return text;
    }
}
