package io.dermaga.health;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.SpoolSnapshot;
import java.util.List;
import java.util.Optional;

/** What is looked at for each question. */
final class Health {

    private static final String ADAPTER = "adapter";
    private static final String LISTENERS = "listeners";
    private static final String SPOOL = "spool";

    private Health() {}

    /** Whether the process should live on: somebody answers, and that is all. */
    static List<Check> live() {
        return List.of(new Check("dashboard", true));
    }

    /** Whether every listener was tried once, but those that an operator has stopped. */
    static List<Check> started(Optional<AdapterSnapshot> adapter) {
        return List.of(
                new Check(ADAPTER, adapter.isPresent()),
                new Check(LISTENERS, adapter.map(Health::areTried).orElse(false)));
    }

    /** Whether peers should come here: what this server was told to take it can take. */
    static List<Check> ready(Optional<AdapterSnapshot> adapter) {
        return List.of(
                new Check(ADAPTER, adapter.isPresent()),
                new Check(LISTENERS, adapter.map(Health::areOpen).orElse(false)),
                new Check(
                        SPOOL,
                        adapter.map(now -> now.spool().state() != SpoolSnapshot.State.WAITING)
                                .orElse(false)));
    }

    private static boolean areTried(AdapterSnapshot adapter) {
        return adapter.listeners().stream().noneMatch(Health::isStarting);
    }

    private static boolean areOpen(AdapterSnapshot adapter) {
        return adapter.listeners().stream()
                .noneMatch(one -> isStarting(one) || one.state() == ListenerState.FAILED);
    }

    private static boolean isStarting(ListenerSnapshot listener) {
        return listener.state() == ListenerState.STARTING;
    }
}
