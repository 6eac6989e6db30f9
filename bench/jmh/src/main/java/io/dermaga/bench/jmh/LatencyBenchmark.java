package io.dermaga.bench.jmh;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.engine.monitor.FinishedMessages;
import io.dermaga.engine.monitor.Origin;
import io.dermaga.engine.monitor.StageHistograms;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A worker counts the latencies of a burst in the histograms of its listener. */
@State(Scope.Thread)
public class LatencyBenchmark {

    /** Payloads in a burst; each waits half a microsecond longer than the one before. */
    @Param({"1", "600"})
    public int payloads;

    private final StageHistograms listener = new StageHistograms();
    private final StageHistograms.Tally tally = new StageHistograms.Tally();
    private FinishedMessages burst = new Burst(1);

    /** The burst. */
    @Setup(Level.Trial)
    public void fill() {
        burst = new Burst(payloads);
    }

    /** The whole burst. */
    @Benchmark
    public void count() {
        tally.count(burst, listener);
    }

    private record Burst(int count) implements FinishedMessages {

        private static final Origin ORIGIN =
                new Origin(
                        "c-1",
                        "jmh",
                        "",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                        "UTF-8",
                        null);

        @Override
        public Origin origin() {
            return ORIGIN;
        }

        @Override
        public long firstNumber() {
            return 1;
        }

        @Override
        public long size(int index) {
            return 100;
        }

        @Override
        public long firstByteNanos(int index) {
            return 1_000;
        }

        @Override
        public long lastByteNanos(int index) {
            return 3_000;
        }

        @Override
        public long calledNanos(int index) {
            return 20_000 + 500L * index;
        }

        @Override
        public long endedNanos(int index) {
            return 20_500 + 500L * index;
        }

        @Override
        public int attempts(int index) {
            return 1;
        }

        @Override
        public Outcome outcome(int index) {
            return Outcome.DELIVERED;
        }

        @Override
        public @Nullable String error(int index) {
            return null;
        }

        @Override
        public boolean spilled() {
            return false;
        }

        @Override
        public void copyHead(int index, int length, byte[] target, int offset) {
            throw new UnsupportedOperationException();
        }
    }
}
