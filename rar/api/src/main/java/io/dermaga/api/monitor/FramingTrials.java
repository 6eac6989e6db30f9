package io.dermaga.api.monitor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all framings make of sample bytes.
 *
 * @param trials the most plausible first; every framing at least once, {@code custom} and {@code
 *     auto} aside
 * @param hint what the bytes seem to be besides or instead of a framing (TLS, a PROXY header, HTTP,
 *     …) and what takes it, as the end of a sentence; null if nothing like that is seen
 */
public record FramingTrials(List<FramingTrial> trials, @Nullable String hint) {

    /** How many bytes a sample may have. */
    public static final int MOST_BYTES = 64 * 1024;

    public FramingTrials {
        trials = List.copyOf(trials);
    }
}
