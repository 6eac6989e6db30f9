package io.dermaga.bench.spool;

import io.dermaga.api.Payload;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import java.util.List;

/** Takes everything and does nothing with it. */
final class NothingBean implements Endpoint {

    @Override
    public Outcome deliver(Payload payload) {
        return Outcome.SUCCESS;
    }

    @Override
    public Outcome deliver(List<Payload> payloads) {
        return Outcome.SUCCESS;
    }

    @Override
    public Outcome tell(SocketEvent event, LaneOwner connection) {
        return Outcome.SUCCESS;
    }

    @Override
    public void release() {
        // nothing is held
    }
}
