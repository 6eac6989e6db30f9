package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/** Takes the boundaries that a scanner finds in one chunk. Offsets are indices of that chunk. */
interface FrameSink {

    /**
     * A payload ends. Its bytes are what {@link #partial} carried over from earlier chunks, without
     * the last {@code trim} of them, and {@code start} to {@code end} of this chunk.
     *
     * @param start first byte in this chunk
     * @param end after the last byte in this chunk; equal to {@code start} if there are none
     * @param trim bytes carried over that turned out to belong to the delimiter, not to the payload
     * @param next after the last byte of the frame, the framing's own included
     */
    void frame(int start, int end, int trim, int next) throws FramingException;

    /**
     * A payload goes on in the next chunk.
     *
     * @param start its first byte in this chunk
     * @param end after its last byte in this chunk
     * @param undecided how many of the bytes carried over may turn out to belong to a delimiter
     */
    void partial(int start, int end, int undecided) throws FramingException;

    /**
     * The header of a payload names its size: the sink may refuse before a byte of it is kept.
     *
     * @param size in bytes, 0 or more
     */
    void announce(long size) throws FramingException;

    /**
     * A frame ends as in {@link #frame}, but its content is not what the framing demands (a
     * checksum, for example): it is discarded and told of, and the stream goes on.
     *
     * @param expected what the framing demands, in words
     */
    void invalid(int start, int end, int trim, int next, String expected) throws FramingException;

    /**
     * What was carried over is the framing's own after all (a blank line, a keep-alive): nothing is
     * delivered.
     *
     * @param next after its last byte
     */
    void none(int next);

    /**
     * The bytes before {@code next} belong to no frame, and the framing allows them there (white
     * space, a keep-alive): nothing is told of them.
     */
    void pass(int next);

    /**
     * Bytes of this chunk belong to no frame; they are discarded and told of.
     *
     * @param expected what should be there, in words
     */
    void stray(int start, int end, String expected);

    /** The protocol itself answers, before any delivery. */
    void answer(byte[] bytes);

    /** The stream tells a fact about its connection. */
    void attribute(String name, String value);

    /**
     * Goes on with a chunk that begins with bytes kept from chunks before.
     *
     * @return what to scan instead of the chunk; the sink's to release
     */
    ByteBuf prepend(ByteBuf kept);
}
