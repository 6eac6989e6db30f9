package io.dermaga.engine.lane;

/** Where endpoints come from. */
@FunctionalInterface
public interface EndpointSource {

    /**
     * A new endpoint.
     *
     * @throws EndpointUnavailableException if there is none now; asked again later
     */
    Endpoint create() throws EndpointUnavailableException;

    /** Finds the classes of the application. */
    default ClassLoader classLoader() {
        return getClass().getClassLoader();
    }
}
