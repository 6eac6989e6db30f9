package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.StageLatencies;

/** How long the stages of the payloads of one listener took. */
public final class StageHistograms {

    private final LatencyHistogram receiving = new LatencyHistogram();
    private final LatencyHistogram waiting = new LatencyHistogram();
    private final LatencyHistogram inBean = new LatencyHistogram();
    private final LatencyHistogram whole = new LatencyHistogram();

    /** Any thread. */
    StageLatencies snapshot() {
        return new StageLatencies(
                receiving.snapshot(), waiting.snapshot(), inBean.snapshot(), whole.snapshot());
    }

    /**
     * Counts messages for one worker, with one addition to each bucket of a listener for a whole
     * burst: nothing is made, locked or waited for. Guarded by its owner.
     */
    public static final class Tally {

        private final LatencyHistogram.Tally receiving = new LatencyHistogram.Tally();
        private final LatencyHistogram.Tally waiting = new LatencyHistogram.Tally();
        private final LatencyHistogram.Tally inBean = new LatencyHistogram.Tally();
        private final LatencyHistogram.Tally whole = new LatencyHistogram.Tally();

        /** Counts those that a bean was called with. */
        public void count(FinishedMessages messages, StageHistograms listener) {
            int count = messages.count();
            for (int i = 0; i < count; i++) {
                long called = messages.calledNanos(i);
                if (called != 0) {
                    long firstByte = messages.firstByteNanos(i);
                    long lastByte = messages.lastByteNanos(i);
                    long ended = messages.endedNanos(i);
                    receiving.add(lastByte - firstByte);
                    waiting.add(called - lastByte);
                    inBean.add(ended - called);
                    whole.add(ended - firstByte);
                }
            }
            receiving.moveTo(listener.receiving);
            waiting.moveTo(listener.waiting);
            inBean.moveTo(listener.inBean);
            whole.moveTo(listener.whole);
        }
    }
}
