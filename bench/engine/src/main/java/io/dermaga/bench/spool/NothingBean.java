package io.dermaga.bench.spool;

import io.dermaga.api.Payload;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import java.util.List;

/** Takes everything and does nothing with it; fails on payloads of one size. */
final class NothingBean implements Endpoint {

    private static final Outcome FAILURE = Outcome.failed("poison", false);

    private final int poisonBytes;

    /**
     * @param poisonBytes size of those on which it fails
     */
    NothingBean(int poisonBytes) {
        this.poisonBytes = poisonBytes;
    }

    @Override
    public Outcome deliver(Payload payload) {
        return payload.size() == poisonBytes ? FAILURE : Outcome.SUCCESS;
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
