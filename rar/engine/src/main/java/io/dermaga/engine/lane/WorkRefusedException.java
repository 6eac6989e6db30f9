package io.dermaga.engine.lane;

/** There is no thread for a worker now. */
public final class WorkRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public WorkRefusedException(String message) {
        super(message, null, false, false);
    }
}
