package io.dermaga.api.monitor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one framing makes of sample bytes.
 *
 * @param framing as it is written in the activation property {@code framing}
 * @param plausibility 0 (does not fit) to 100; an order, not a probability
 * @param protocol what the bytes seem to be, in words; null if nothing is known by its beginning
 * @param frameCount whole frames
 * @param frames the first of them, in order, at most {@link #MOST_FRAMES}
 * @param outside bytes before the rest that belong to no frame: blank lines and keep-alives, and
 *     what {@link #losses} tells of
 * @param rest bytes at the end, of a frame that is not complete, or that were not read because of
 *     the error
 * @param error why the stream could not be read on, numbered, one sentence; null if it could
 * @param losses frames that are not valid and bytes between frames, each numbered, one sentence
 */
public record FramingTrial(
        String framing,
        int plausibility,
        @Nullable String protocol,
        int frameCount,
        List<Frame> frames,
        int outside,
        int rest,
        @Nullable String error,
        List<String> losses) {

    /** How many frames are named. */
    public static final int MOST_FRAMES = 500;

    public FramingTrial {
        frames = List.copyOf(frames);
        losses = List.copyOf(losses);
    }

    /**
     * Where a frame lies in the sample; what is not payload is the framing's own.
     *
     * @param start its first byte
     * @param payloadStart the first byte of its payload
     * @param payloadEnd after the last byte of its payload
     * @param end after its last byte
     */
    public record Frame(int start, int payloadStart, int payloadEnd, int end) {}
}
