package io.dermaga.traces;

import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.settings.Configuration;
import io.dermaga.settings.TraceConfiguration;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The traces of payloads, if somebody has set where they go. Thread-safe. */
@ApplicationScoped
public class Traces {

    private static final System.Logger LOG = System.getLogger(Traces.class.getName());
    private static final Duration READ = Duration.ofMillis(250);
    private static final Duration SEND = Duration.ofSeconds(1);

    @Resource private ManagedScheduledExecutorService scheduler;
    @Resource private ManagedExecutorService executor;
    @Inject private ConnectedMonitor monitor;
    @Inject private Masks masks;

    private final List<ScheduledFuture<?>> schedules = new ArrayList<>();
    private volatile @Nullable TraceTask task;

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        TraceConfiguration configuration = Configuration.ofProcess().traces();
        TraceSettings settings = TraceSettings.of(configuration).orElse(null);
        if (task != null || settings == null) {
            // inside an EAR some servers say it once for each module
            return;
        }
        Map<String, Double> shares = new ConcurrentHashMap<>();
        TraceQueue queue = new TraceQueue(settings.waiting());
        TraceReader reader =
                new TraceReader(
                        listener -> shares.computeIfAbsent(listener, configuration::share),
                        masks,
                        queue);
        TraceTask started = new TraceTask(monitor, reader, queue, settings, Clock.systemUTC());
        task = started;
        schedule(started::read, READ);
        // elsewhere: the scheduler may have one thread, which history and alerts need
        schedule(() -> executor.execute(() -> run(started::send)), SEND);
    }

    private void schedule(Runnable step, Duration pause) {
        schedules.add(
                scheduler.scheduleWithFixedDelay(
                        () -> run(step), 0, pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unexpected) {
            // an exception would end the schedule for good
            LOG.log(System.Logger.Level.WARNING, "DMG4805 spans were not exported", unexpected);
        }
    }

    @PreDestroy
    void stop() {
        TraceTask started = task;
        try {
            if (started != null) {
                started.close(); // the schedule still watches the last request
            }
        } finally {
            schedules.forEach(one -> one.cancel(false));
        }
    }

    /** How it stands with the collector; empty if payloads are not traced. */
    public Optional<TraceStatus> status() {
        return Optional.ofNullable(task).map(TraceTask::status);
    }
}
