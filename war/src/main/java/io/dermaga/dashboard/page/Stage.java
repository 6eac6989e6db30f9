package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.StageDepths;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A station on the way of a payload and what waits there, over all listeners.
 *
 * @param key of its name in the resource bundle
 * @param bytes waiting; -1 where the system does not tell
 * @param count waiting; -1 where they are not counted
 * @param unit of the count, in the resource bundle
 */
public record Stage(String key, long bytes, long count, String unit) {

    private static final long UNKNOWN = -1;

    /** The spool is a station only where a listener has one. */
    static List<Stage> of(List<ListenerSnapshot> listeners) {
        List<Stage> stages = new ArrayList<>();
        stages.add(bytes("kernel", listeners, StageDepths::kernelBytes));
        stages.add(bytes("assembling", listeners, StageDepths::assemblingBytes));
        stages.add(bytes("spilled", listeners, StageDepths::assemblingSpilledBytes));
        long spooled = sum(listeners, StageDepths::spoolEntries);
        if (spooled != UNKNOWN) {
            stages.add(new Stage("spool", UNKNOWN, spooled, "entriesUnit"));
        }
        stages.add(payloads("lane", listeners, StageDepths::laneBytes, StageDepths::lanePayloads));
        stages.add(
                payloads("bean", listeners, StageDepths::inBeanBytes, StageDepths::inBeanPayloads));
        stages.add(bytes("write", listeners, StageDepths::writeBufferBytes));
        return stages;
    }

    private static Stage bytes(
            String key, List<ListenerSnapshot> listeners, ToLongFunction<StageDepths> bytes) {
        return new Stage(key, sum(listeners, bytes), UNKNOWN, "payloadsUnit");
    }

    private static Stage payloads(
            String key,
            List<ListenerSnapshot> listeners,
            ToLongFunction<StageDepths> bytes,
            ToLongFunction<StageDepths> payloads) {
        return new Stage(key, sum(listeners, bytes), sum(listeners, payloads), "payloadsUnit");
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
