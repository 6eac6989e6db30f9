package io.dermaga.bench.engine;

import io.dermaga.api.Payload;
import io.dermaga.bench.payload.Answer;
import io.dermaga.bench.payload.Ascending;
import io.dermaga.bench.payload.Ledger;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import java.util.List;

/** Reads every payload, and answers it where it is to be answered. */
final class Verifier implements Endpoint {

    /** Larger ones are read as a stream, as the manual says. */
    private static final int LARGE_BYTES = 16 * 1024;

    private final Ledger ledger;
    private final boolean answers;

    Verifier(Ledger ledger, boolean answers) {
        this.ledger = ledger;
        this.answers = answers;
    }

    @Override
    public Outcome deliver(Payload payload) {
        take(payload);
        return Outcome.SUCCESS;
    }

    @Override
    public Outcome deliver(List<Payload> payloads) {
        for (Payload payload : payloads) {
            take(payload);
        }
        return Outcome.SUCCESS;
    }

    private void take(Payload payload) {
        if (payload.size() > LARGE_BYTES) {
            ledger.verify(new Ascending(payload.stream()), (int) payload.size());
            return;
        }
        byte[] bytes = payload.bytes();
        if (ledger.verify(bytes, 0, bytes.length) && answers) {
            payload.connection().write(Answer.framed(bytes));
        }
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
