package io.dermaga.alerts;

/**
 * What a condition found.
 *
 * @param listener that it is about; empty if it is about none
 * @param verdict whether the condition is met
 * @param figure what was looked at, in some words
 * @param text the same as a sentence without its full stop
 */
record Finding(String listener, Verdict verdict, String figure, String text) {

    /** Whether a condition is met. */
    enum Verdict {
        MET,
        NOT_MET,
        /** So near to it that it changes nothing, or not known yet. */
        UNDECIDED
    }

    static Finding of(String listener, boolean met, String figure, String text) {
        return new Finding(listener, met ? Verdict.MET : Verdict.NOT_MET, figure, text);
    }
}
