package io.dermaga.engine.spool;

/**
 * Told how the storing of one content ended, exactly once, on a thread that must not be blocked.
 */
public interface Receipt {

    /** It is forced to disk and will be delivered whatever happens. The peer may be told. */
    void stored();

    /**
     * It is not stored and never will be: the spool was closed before, or the content is lost.
     *
     * @param reason for a log
     */
    void abandoned(String reason);
}
