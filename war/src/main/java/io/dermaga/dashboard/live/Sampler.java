package io.dermaga.dashboard.live;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.security.Account;
import io.dermaga.security.ProviderUser;
import io.dermaga.security.Users;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.faces.push.Push;
import jakarta.faces.push.PushContext;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a snapshot once per second for {@link RateHistory}, and tells open pages when there is
 * something new; when there is nothing new, still every five seconds, so that ages move on.
 */
@ApplicationScoped
public class Sampler {

    private static final System.Logger LOG = System.getLogger(Sampler.class.getName());
    private static final int QUIET_SECONDS = 5;

    /** What makes a page out of date. */
    private record State(
            boolean connected, long lastMessage, long lastEvent, List<Object> listeners) {}

    @Resource private ManagedScheduledExecutorService scheduler;
    @Inject private ConnectedMonitor monitor;
    @Inject private RateHistory history;
    @Inject private Users users;

    @Inject
    @Push(channel = "live")
    private PushContext live;

    private @Nullable ScheduledFuture<?> task;
    private @Nullable State told;
    private int quiet;

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        if (task != null) {
            // inside an EAR some servers say it once for each module
            return;
        }
        task = scheduler.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        ScheduledFuture<?> running = task;
        if (running != null) {
            running.cancel(true);
        }
    }

    private void sample() {
        try {
            State state =
                    monitor.ask(this::take).orElseGet(() -> new State(false, 0, 0, List.of()));
            quiet++;
            if (!Objects.equals(state, told) || (state.connected() && quiet >= QUIET_SECONDS)) {
                told = state;
                quiet = 0;
                live.send("", readers());
            }
        } catch (RuntimeException unexpected) {
            // an exception would end the schedule for good
            LOG.log(System.Logger.Level.WARNING, "DMG4003 a sample was not taken", unexpected);
        }
    }

    private List<String> readers() {
        return Stream.concat(
                        users.list().stream().map(Account::name), Stream.of(ProviderUser.PREFIX))
                .toList();
    }

    private State take(Monitor source) {
        AdapterSnapshot snapshot = source.snapshot();
        history.add(snapshot);
        return new State(
                true,
                source.lastMessage(),
                source.lastEvent(),
                snapshot.listeners().stream().map(this::visibleState).toList());
    }

    private Object visibleState(ListenerSnapshot listener) {
        Optional<RateSample> rate = history.latest(listener.name());
        return List.of(
                listener.name(),
                listener.state(),
                listener.connections(),
                listener.counters(),
                listener.stages(),
                Optional.ofNullable(listener.backPressure()),
                // a rate that has fallen to zero is news once
                rate.map(RateSample::payloads).orElse(0.0),
                rate.map(RateSample::bytes).orElse(0.0));
    }
}
