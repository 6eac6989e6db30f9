package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerSnapshot;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads each attribute from a snapshot. */
record ListenerBean(Supplier<ListenerSnapshot> now) implements ListenerMXBean {

    @Override
    public String getName() {
        return now.get().name();
    }

    @Override
    public String getState() {
        return now.get().state().name();
    }

    @Override
    public String getError() {
        return Objects.requireNonNullElse(now.get().error(), "");
    }

    @Override
    public String getBackPressure() {
        return Objects.requireNonNullElse(now.get().backPressure(), "");
    }

    @Override
    public int getPort() {
        return now.get().port();
    }

    @Override
    public int getConnections() {
        return now.get().connections();
    }

    @Override
    public int getMaxConnections() {
        return now.get().maxConnections();
    }

    @Override
    public int getWorkers() {
        return now.get().workers();
    }

    @Override
    public int getConcurrency() {
        return now.get().concurrency();
    }

    @Override
    public long getBudgetUsed() {
        return now.get().budgetUsed();
    }

    @Override
    public long getBudgetLimit() {
        return now.get().budgetLimit();
    }

    @Override
    public long getAccepted() {
        return counters().accepted();
    }

    @Override
    public long getRefused() {
        return counters().refused();
    }

    @Override
    public Map<String, Long> getRefusedBy() {
        Map<String, Long> byName = new TreeMap<>();
        counters().refusedBy().forEach((why, count) -> byName.put(why.name(), count));
        return byName;
    }

    @Override
    public long getClosed() {
        return counters().closed();
    }

    @Override
    public long getBytesRead() {
        return counters().bytesRead();
    }

    @Override
    public long getBytesWritten() {
        return counters().bytesWritten();
    }

    @Override
    public long getEnvelopeBytes() {
        return counters().envelopeBytes();
    }

    @Override
    public long getDelivered() {
        return counters().delivered();
    }

    @Override
    public long getDeliveredBytes() {
        return counters().deliveredBytes();
    }

    @Override
    public long getFailed() {
        return counters().failed();
    }

    @Override
    public long getFailedBytes() {
        return counters().failedBytes();
    }

    @Override
    public long getFailures() {
        return counters().failures();
    }

    @Override
    public long getDeadLetters() {
        return counters().deadLetters();
    }

    @Override
    public long getDiscarded() {
        return counters().discarded();
    }

    @Override
    public long getDiscardedBytes() {
        return counters().discardedBytes();
    }

    @Override
    public long getRepeated() {
        return counters().repeated();
    }

    @Override
    public long getCopied() {
        return counters().copied();
    }

    @Override
    public long getCopiedBytes() {
        return counters().copiedBytes();
    }

    @Override
    public long getKernelBytes() {
        return now.get().stages().kernelBytes();
    }

    @Override
    public long getAssemblingBytes() {
        return now.get().stages().assemblingBytes();
    }

    @Override
    public long getAssemblingSpilledBytes() {
        return now.get().stages().assemblingSpilledBytes();
    }

    @Override
    public long getSpoolEntries() {
        return now.get().stages().spoolEntries();
    }

    @Override
    public long getLanePayloads() {
        return now.get().stages().lanePayloads();
    }

    @Override
    public long getLaneBytes() {
        return now.get().stages().laneBytes();
    }

    @Override
    public long getInBeanPayloads() {
        return now.get().stages().inBeanPayloads();
    }

    @Override
    public long getInBeanBytes() {
        return now.get().stages().inBeanBytes();
    }

    @Override
    public long getWriteBufferBytes() {
        return now.get().stages().writeBufferBytes();
    }

    @Override
    public double getMedianSeconds() {
        return seconds(0.5);
    }

    @Override
    public double getPercentile99Seconds() {
        return seconds(0.99);
    }

    private Counters counters() {
        return now.get().counters();
    }

    private double seconds(double part) {
        return now.get()
                .latencies()
                .whole()
                .quantile(part)
                .map(time -> time.toNanos() / 1e9)
                .orElse(Double.NaN);
    }
}
