package io.dermaga.masking;

import org.jspecify.annotations.Nullable;

/**
 * Why somebody wants to see what is covered, in his own words.
 *
 * @param text without blanks around it
 */
public record Reason(String text) {

    /** Fewest characters. */
    public static final int LEAST = 10;

    /** Most characters. */
    public static final int MOST = 500;

    /** Refuses one that says too little or too much: {@code DMG4703}. */
    public Reason {
        int length = text.codePointCount(0, text.length());
        if (length < LEAST || length > MOST) {
            throw new IllegalArgumentException(
                    "DMG4703 reason: given %d characters, allowed: %d to %d"
                            .formatted(length, LEAST, MOST));
        }
    }

    /**
     * Reads what was given.
     *
     * @throws IllegalArgumentException DMG4703 if it says too little or too much
     */
    public static Reason of(@Nullable String given) {
        return new Reason(given == null ? "" : given.strip());
    }
}
