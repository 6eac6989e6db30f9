package io.dermaga.doctor;

/** How it stands with something. */
public enum Verdict {
    /** As it should be. */
    GOOD,
    /** It works; somebody should know. */
    NOTICE,
    /** Something does not work, or will not under load. */
    BAD
}
