package io.dermaga.engine.lane;

/** There is no endpoint now: the pool is exhausted, or the application is not ready. */
public final class EndpointUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public EndpointUnavailableException(String message) {
        super(message, null, false, false);
    }
}
