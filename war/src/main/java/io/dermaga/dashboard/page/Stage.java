package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.StageDepths;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A station on the way of a payload and what waits there, over all listeners.
 *
 * @param key of its name in the resource bundle
 * @param bytes waiting; -1 where the system does not tell
 * @param payloads waiting; -1 where they are not counted
 */
public record Stage(String key, long bytes, long payloads) {

    private static final long UNKNOWN = -1;

    static List<Stage> of(List<ListenerSnapshot> listeners) {
        return List.of(
                stage("kernel", listeners, StageDepths::kernelBytes, depths -> UNKNOWN),
                stage("assembling", listeners, StageDepths::assemblingBytes, depths -> UNKNOWN),
                stage("spilled", listeners, StageDepths::assemblingSpilledBytes, depths -> UNKNOWN),
                stage("lane", listeners, StageDepths::laneBytes, StageDepths::lanePayloads),
                stage("bean", listeners, StageDepths::inBeanBytes, StageDepths::inBeanPayloads),
                stage("write", listeners, StageDepths::writeBufferBytes, depths -> UNKNOWN));
    }

    private static Stage stage(
            String key,
            List<ListenerSnapshot> listeners,
            ToLongFunction<StageDepths> bytes,
            ToLongFunction<StageDepths> payloads) {
        return new Stage(key, sum(listeners, bytes), sum(listeners, payloads));
    }

    /** The sum of what is told; unknown when no listener tells. */
    private static long sum(List<ListenerSnapshot> listeners, ToLongFunction<StageDepths> depth) {
        return listeners.stream()
                .map(ListenerSnapshot::stages)
                .mapToLong(depth)
                .filter(value -> value >= 0)
                .reduce(Long::sum)
                .orElse(UNKNOWN);
    }
}
