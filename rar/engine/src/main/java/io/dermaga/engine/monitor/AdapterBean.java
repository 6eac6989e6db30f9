package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads each attribute from a snapshot. */
record AdapterBean(Supplier<AdapterSnapshot> now) implements AdapterMXBean {

    @Override
    public String getVersion() {
        return now.get().version();
    }

    @Override
    public String getTransport() {
        return now.get().transport();
    }

    @Override
    public long getUptimeSeconds() {
        AdapterSnapshot snapshot = now.get();
        return Duration.between(snapshot.startedAt(), snapshot.at()).toSeconds();
    }

    @Override
    public List<String> getListeners() {
        return now.get().listeners().stream().map(ListenerSnapshot::name).toList();
    }

    @Override
    public long getBudgetUsed() {
        return now.get().memory().budgetUsed();
    }

    @Override
    public long getBudgetLimit() {
        return now.get().memory().budgetLimit();
    }

    @Override
    public long getDirectUsed() {
        return now.get().memory().directUsed();
    }

    @Override
    public long getHeapUsed() {
        return now.get().memory().heapUsed();
    }

    @Override
    public long getSpillUsed() {
        return now.get().memory().spillUsed();
    }

    @Override
    public long getSpillLimit() {
        return now.get().memory().spillLimit();
    }

    @Override
    public String getSpoolState() {
        return now.get().spool().state().name();
    }

    @Override
    public long getDeadLetters() {
        return now.get().deadLetters();
    }

    @Override
    public Map<String, Long> getWarnings() {
        return now.get().warnings();
    }
}
