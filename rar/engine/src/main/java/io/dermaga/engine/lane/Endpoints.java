package io.dermaga.engine.lane;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Bean instances that no worker uses; a new one is made when there is none. Thread-safe. */
final class Endpoints {

    private final EndpointSource source;
    private final ConcurrentLinkedDeque<Endpoint> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean closed;

    Endpoints(EndpointSource source) {
        this.source = source;
    }

    /**
     * Makes sure that one can be had, and keeps it.
     *
     * @throws EndpointUnavailableException if not now
     */
    void probe() throws EndpointUnavailableException {
        keep(source.create());
    }

    Endpoint take() throws EndpointUnavailableException {
        Endpoint endpoint = idle.poll();
        if (endpoint == null) {
            refusals.incrementAndGet(); // unless it is there below
            endpoint = source.create();
        }
        refusals.set(0);
        return endpoint;
    }

    /** How often none could be had since one was. */
    int refusals() {
        return refusals.get();
    }

    /** It is not used for now. */
    void keep(Endpoint endpoint) {
        idle.push(endpoint);
        if (closed) {
            release();
        }
    }

    /** What comes from now on is given back at once. */
    void close() {
        closed = true;
    }

    /** Gives all back that no worker uses. */
    void release() {
        for (Endpoint endpoint = idle.poll(); endpoint != null; endpoint = idle.poll()) {
            endpoint.release();
        }
    }
}
