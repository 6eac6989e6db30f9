package io.dermaga.audit;

/** What came of an action. */
public enum AuditResult {
    /** It was done. */
    DONE,
    /** It was not, as there was nothing to be done, or what was given could not be used. */
    NOT_DONE,
    /** It was not allowed. */
    REFUSED,
    /** Something went wrong. */
    FAILED
}
