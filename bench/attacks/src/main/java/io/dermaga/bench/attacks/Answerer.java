package io.dermaga.bench.attacks;

import io.dermaga.api.CloseReason;
import io.dermaga.api.Payload;
import io.dermaga.api.TimeoutKind;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Answers each payload with the same line; counts deadlines and ends of connections. Workers. */
final class Answerer implements Endpoint {

    private final LongAdder frameTimeouts = new LongAdder();
    private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);

    Answerer() {
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, new LongAdder());
        }
    }

    /** Connections of which the bean was told that their frame was not complete in time. */
    long frameTimeouts() {
        return frameTimeouts.sum();
    }

    long closed(CloseReason reason) {
        LongAdder count = closed.get(reason);
        return count == null ? 0 : count.sum();
    }

    @Override
    public Outcome deliver(Payload payload) {
        byte[] line = payload.bytes();
        byte[] answer = Arrays.copyOf(line, line.length + 1);
        answer[line.length] = '\n';
        payload.connection().write(answer);
        return Outcome.SUCCESS;
    }

    @Override
    public Outcome deliver(List<Payload> payloads) {
        payloads.forEach(this::deliver);
        return Outcome.SUCCESS;
    }

    @Override
    public Outcome tell(SocketEvent event, LaneOwner connection) {
        if (event instanceof SocketEvent.Timeout timeout && timeout.which() == TimeoutKind.FRAME) {
            frameTimeouts.increment();
        } else if (event instanceof SocketEvent.Close close) {
            LongAdder count = closed.get(close.reason());
            if (count != null) {
                count.increment();
            }
        }
        return Outcome.SUCCESS;
    }

    @Override
    public void release() {
        // nothing is held
    }
}
