package io.dermaga.engine.monitor;

import java.util.List;
import java.util.Map;

/**
 * The adapter as JMX shows it: the figures of {@link io.dermaga.api.monitor.AdapterSnapshot}. Sizes
 * are in bytes.
 */
public interface AdapterMXBean {

    String getVersion();

    String getTransport();

    /** Seconds since the adapter was started. */
    long getUptimeSeconds();

    /** Names of the listeners. */
    List<String> getListeners();

    long getBudgetUsed();

    long getBudgetLimit();

    long getDirectUsed();

    long getHeapUsed();

    long getSpillUsed();

    long getSpillLimit();

    /** {@code IDLE}, {@code OK}, {@code WAITING} or {@code CLOSED}. */
    String getSpoolState();

    /** Dead letters that are kept. */
    long getDeadLetters();

    /** How often each warning was told, by its number. */
    Map<String, Long> getWarnings();
}
