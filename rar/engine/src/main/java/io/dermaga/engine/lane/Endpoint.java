package io.dermaga.engine.lane;

import io.dermaga.api.Payload;
import java.util.List;

/** A bean instance. Used by one worker at a time, on that worker's thread. Never throws. */
public interface Endpoint {

    /** Delivers one payload. */
    Outcome deliver(Payload payload);

    /** Delivers payloads in one call. */
    Outcome deliver(List<Payload> payloads);

    /** Tells of an event of the shape's {@link BeanShape#events()}. */
    Outcome tell(SocketEvent event, LaneOwner connection);

    /**
     * {@link System#nanoTime()} of when the bean had returned from the last delivery, before its
     * transaction ended; 0 if there was none.
     */
    default long returnedNanos() {
        return 0;
    }

    /** Gives the instance back to its container. */
    void release();
}
