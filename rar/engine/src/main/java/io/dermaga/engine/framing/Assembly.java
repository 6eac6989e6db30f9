package io.dermaga.engine.framing;

import io.dermaga.engine.payload.Content;

/** What becomes of the stream of a connection. Called on its event loop, in stream order. */
public interface Assembly {

    /** Payloads are complete; the receiver owns them. */
    void complete(Content content);

    /** Bytes of the stream will not be delivered; the stream goes on. */
    void lost(LostBytes lost);

    /** A payload without a byte is left out, as configured. */
    void skipped();

    /**
     * A chunk was read, or the stream has ended; a {@link FramingException} may follow.
     *
     * @param payloads that are complete
     * @param payloadBytes their size
     * @param lostBytes told of by {@link #lost}, and of the unfinished payload those not kept; less
     *     than 0 if such bytes of chunks before belong to no payload after all
     */
    void counted(long payloads, long payloadBytes, long lostBytes);

    /** The protocol itself answers the peer. */
    void answer(byte[] bytes);

    /** The stream told a fact about its connection. */
    void attribute(String name, String value);
}
