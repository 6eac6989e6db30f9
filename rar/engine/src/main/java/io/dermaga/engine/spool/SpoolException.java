package io.dermaga.engine.spool;

/** The spool cannot be used at all, said in a numbered sentence. */
public final class SpoolException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public SpoolException(String message) {
        super(message);
    }

    public SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
