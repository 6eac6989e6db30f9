package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.api.monitor.StageLatencies;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one listener, bumped by event loops and workers without contention. */
public final class ListenerCounters {

    public final LongAdder accepted = new LongAdder();
    public final LongAdder closed = new LongAdder();
    public final LongAdder bytesRead = new LongAdder();
    public final LongAdder bytesWritten = new LongAdder();

    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

    /** Payloads that the framing completed. */
    public final LongAdder received = new LongAdder();

    public final LongAdder receivedBytes = new LongAdder();

    /** Deliveries to be made beyond the first, where several groups are given each payload. */
    public final LongAdder copied = new LongAdder();

    /** Bytes of {@link #copied}. */
    public final LongAdder copiedBytes = new LongAdder();

    /** Bytes of payloads that are not complete. */
    public final LongAdder assemblingBytes = new LongAdder();

    /** The part of {@link #assemblingBytes} on disk. */
    public final LongAdder assemblingSpilledBytes = new LongAdder();

    public final LongAdder delivered = new LongAdder();
    public final LongAdder deliveredBytes = new LongAdder();
    public final LongAdder failed = new LongAdder();
    public final LongAdder failedBytes = new LongAdder();

    /** Calls of the bean that failed, whatever became of their payloads. */
    public final LongAdder failures = new LongAdder();

    /** Those of {@link #failed} that were kept. */
    public final LongAdder deadLetters = new LongAdder();

    public final LongAdder discarded = new LongAdder();

    /** The discarded payloads that were complete. */
    public final LongAdder dropped = new LongAdder();

    /** Those of {@link #dropped} that were delivered before. */
    public final LongAdder repeated = new LongAdder();

    /** Their bytes. */
    public final LongAdder discardedBytes = new LongAdder();

    /** Bytes of discarded payloads that were not complete. */
    public final LongAdder discardedPartialBytes = new LongAdder();

    /** Of payloads that a bean was called with. */
    public final StageHistograms latencies = new StageHistograms();

    public ListenerCounters() {
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, new LongAdder());
        }
    }

    /** A connection was turned away. */
    public void refused(Refusal why) {
        Objects.requireNonNull(refused.get(why)).increment();
    }

    /**
     * Payloads that wait for a worker.
     *
     * @param inBean payloads that are in the bean
     */
    public long lanePayloads(long inBean) {
        long finished = delivered.sum() + failed.sum() + inBean + dropped.sum();
        return Math.max(0, received.sum() + copied.sum() - finished);
    }

    /**
     * Size of {@link #lanePayloads}.
     *
     * @param inBean bytes that are in the bean
     */
    public long laneBytes(long inBean) {
        long finished = deliveredBytes.sum() + failedBytes.sum() + inBean + discardedBytes.sum();
        return Math.max(0, receivedBytes.sum() + copiedBytes.sum() - finished);
    }

    /** How long stages took, until now. */
    public StageLatencies latencySnapshot() {
        return latencies.snapshot();
    }

    /** The counters now; figures of one moment only while nothing moves. */
    public Counters snapshot() {
        long partial = discardedPartialBytes.sum();
        long envelope = bytesRead.sum() - receivedBytes.sum() - assemblingBytes.sum() - partial;
        Map<Refusal, Long> refusedBy = new EnumMap<>(Refusal.class);
        refused.forEach((why, count) -> refusedBy.put(why, count.sum()));
        return new Counters(
                accepted.sum(),
                refusedBy.values().stream().mapToLong(Long::longValue).sum(),
                refusedBy,
                closed.sum(),
                bytesRead.sum(),
                bytesWritten.sum(),
                Math.max(0, envelope),
                delivered.sum(),
                deliveredBytes.sum(),
                failed.sum(),
                failedBytes.sum(),
                failures.sum(),
                deadLetters.sum(),
                discarded.sum(),
                discardedBytes.sum() + partial,
                repeated.sum(),
                copied.sum(),
                copiedBytes.sum());
    }
}
