package io.dermaga.traces;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.PayloadTrace;
import io.dermaga.masking.Masks;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Takes finished messages from the adapter's feed, those that are sampled, and covers what should
 * not be read. Begins anew with each start of the adapter. Thread-safe.
 */
final class TraceReader {

    private static final int BATCH = 1_000;

    private final ToDoubleFunction<String> share;
    private final Masks masks;
    private final TraceQueue queue;
    private Instant run = Instant.MIN;
    private long last;
    private long forgotten;

    /**
     * @param share of the payloads of a listener that is exported
     */
    TraceReader(ToDoubleFunction<String> share, Masks masks, TraceQueue queue) {
        this.share = share;
        this.masks = masks;
        this.queue = queue;
    }

    /** Takes all there is. */
    synchronized void read(Monitor monitor) {
        if (monitor.lastMessage() == last) {
            return; // a snapshot looks at more than it needs
        }
        Instant startedAt = monitor.snapshot().startedAt();
        boolean begins = !startedAt.equals(run);
        if (begins) {
            run = startedAt;
            last = 0;
        }
        List<MessageRecord> batch = monitor.messages(last, BATCH);
        while (!batch.isEmpty()) {
            if (!begins) { // else it was gone before anybody could ask
                forgotten += batch.get(0).sequence() - last - 1;
            }
            begins = false;
            batch.forEach(this::take);
            last = batch.get(batch.size() - 1).sequence();
            batch = batch.size() < BATCH ? List.of() : monitor.messages(last, BATCH);
        }
    }

    private void take(MessageRecord message) {
        if (PayloadTrace.of(message).isSampled(share.applyAsDouble(message.listener()))) {
            queue.add(masks.facts(message));
        }
    }

    synchronized long forgotten() {
        return forgotten;
    }
}
