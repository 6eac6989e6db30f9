package io.dermaga.engine.monitor;

import java.util.Map;

/**
 * A listener as JMX shows it: the figures of {@link io.dermaga.api.monitor.ListenerSnapshot}, of
 * its {@link io.dermaga.api.monitor.Counters} and {@link io.dermaga.api.monitor.StageDepths}, under
 * their names there. A reading fails with {@link IllegalStateException} (DMG1007) when the listener
 * has just gone.
 */
public interface ListenerMXBean {

    String getName();

    String getState();

    /** Numbered, one sentence; empty if there is none. */
    String getError();

    /** Numbered, one sentence; empty if there is none. */
    String getBackPressure();

    int getPort();

    int getConnections();

    int getMaxConnections();

    int getWorkers();

    int getConcurrency();

    long getBudgetUsed();

    long getBudgetLimit();

    long getAccepted();

    long getRefused();

    Map<String, Long> getRefusedBy();

    long getClosed();

    long getBytesRead();

    long getBytesWritten();

    long getEnvelopeBytes();

    long getDelivered();

    long getDeliveredBytes();

    long getFailed();

    long getFailedBytes();

    long getFailures();

    long getDeadLetters();

    long getDiscarded();

    long getDiscardedBytes();

    long getRepeated();

    long getCopied();

    long getCopiedBytes();

    long getKernelBytes();

    long getAssemblingBytes();

    long getAssemblingSpilledBytes();

    long getSpoolEntries();

    long getLanePayloads();

    long getLaneBytes();

    long getInBeanPayloads();

    long getInBeanBytes();

    long getWriteBufferBytes();

    /** Seconds from the first byte to the outcome, of one half of all payloads; NaN of none. */
    double getMedianSeconds();

    /** Seconds from the first byte to the outcome, of 99 percent of all payloads; NaN of none. */
    double getPercentile99Seconds();
}
