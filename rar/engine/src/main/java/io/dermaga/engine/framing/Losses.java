package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * What was lost in one chunk and is told of at its end: a peer that sends nothing else does not
 * fill the log, nor the history.
 */
final class Losses {

    /** Frames that are told of one by one. */
    private static final int MOST_TOLD = 10;

    private int told;
    private long untoldFrames;
    private long untoldBytes;

    // between frames
    private long strayBytes;
    private String strayText = "";

    /** Whether so many frames were told of that this one is told of with others, at the end. */
    boolean defers(LostBytes lost) {
        if (told < MOST_TOLD) {
            told++;
            return false;
        }
        untoldFrames += lost.frames();
        untoldBytes += lost.size();
        return true;
    }

    /** Bytes between frames; of the first ones is told what they are. */
    void stray(Framing framing, ByteBuf chunk, int start, int end, String expected) {
        if (strayBytes == 0) {
            strayText =
                    "do not belong to framing '%s': expected %s; bytes: %s"
                            .formatted(
                                    framing.form(),
                                    expected,
                                    FramingException.around(chunk, start));
        }
        strayBytes += end - start;
    }

    /** At the end of the chunk. */
    void tell(Framing framing, FramingOptions options, long nanos, Assembly output) {
        if (strayBytes > 0) {
            output.lost(LostBytes.stray(strayBytes, nanos, strayText));
        }
        if (untoldFrames > 0) {
            output.lost(LostBytes.more(framing, options, untoldFrames, untoldBytes, nanos));
        }
    }

    void clear() {
        told = 0;
        untoldFrames = 0;
        untoldBytes = 0;
        strayBytes = 0;
        strayText = "";
    }
}
