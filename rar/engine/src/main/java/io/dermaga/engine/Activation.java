package io.dermaga.engine;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Dispatcher;
import io.dermaga.engine.lane.EndpointSource;
import io.dermaga.engine.lane.EndpointUnavailableException;
import io.dermaga.engine.lane.WorkRefusedException;
import io.dermaga.engine.lane.WorkerPool;
import io.dermaga.engine.listen.Consumer;
import io.dermaga.engine.listen.Listener;
import io.dermaga.engine.listen.Part;
import io.dermaga.engine.listen.Shared;
import io.dermaga.engine.settings.ActivationSettings;
import io.dermaga.engine.settings.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One bean with one set of settings: its listeners and its workers. The ports are bound once an
 * endpoint can be had, so that nobody is accepted before there is somebody to deliver to.
 */
public final class Activation {

    private static final int PROBE_MILLIS = 50;
    private static final Duration PORT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FORCED_TIMEOUT = Duration.ofSeconds(10);

    private final String key;
    private final ActivationSettings settings;
    private final WorkerPool pool;
    private final Shared shared;
    private final Dispatcher dispatcher;
    private final Consumer consumer;
    private final List<Listener> listeners;
    private volatile boolean closing;

    /**
     * @param open finds a listener that another activation of the group has opened
     */
    Activation(
            String key,
            ActivationSettings settings,
            BeanShape shape,
            WorkerPool pool,
            EndpointSource source,
            Shared shared,
            Function<String, Optional<Listener>> open) {
        this.key = key;
        this.settings = settings;
        this.pool = pool;
        this.shared = shared;
        this.dispatcher =
                new Dispatcher(
                        settings.concurrency(),
                        pool,
                        source,
                        (task, delay, unit) ->
                                shared.transport().group().next().schedule(task, delay, unit),
                        shared.transport().timer()::schedule,
                        why ->
                                shared.feed()
                                        .warning(
                                                MonitorEvent.Kind.BACK_PRESSURE,
                                                null,
                                                null,
                                                why
                                                        + "; payloads of '"
                                                        + settings.name()
                                                        + "' wait"));
        this.consumer = new Consumer(key, settings.group(), shape, dispatcher);
        this.listeners =
                settings.listeners().stream()
                        .map(
                                one ->
                                        open.apply(one.name())
                                                .filter(other -> other.join(consumer))
                                                .orElseGet(
                                                        () ->
                                                                new Listener(
                                                                        one,
                                                                        consumer,
                                                                        source.classLoader(),
                                                                        shared)))
                        .toList();
    }

    /** The container's name of it. */
    public String key() {
        return key;
    }

    public List<Listener> listeners() {
        return listeners;
    }

    Optional<Listener> listener(String name) {
        return listeners.stream().filter(one -> one.settings().name().equals(name)).findFirst();
    }

    /** To which others may belong; empty: none may. */
    String group() {
        return settings.group();
    }

    Duration drainTimeout() {
        return settings.drainTimeout();
    }

    /** Opens the listeners as soon as an endpoint can be had; returns at once. */
    public void start() {
        try {
            pool.submit(this::probe);
        } catch (WorkRefusedException e) {
            probeLater();
        }
    }

    private void probe() {
        if (closing) {
            return;
        }
        try {
            dispatcher.probe();
        } catch (EndpointUnavailableException e) {
            probeLater();
            return;
        }
        listeners.forEach(listener -> listener.start(consumer));
    }

    private void probeLater() {
        if (!closing) {
            shared.transport()
                    .group()
                    .next()
                    .schedule(this::start, PROBE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Takes no more, and waits for nothing. Ports of which it was the last one are closed. */
    List<Part> leave() {
        closing = true;
        return listeners.stream().map(listener -> listener.leave(consumer)).toList();
    }

    /**
     * Closes the ports, finishes what is in flight for at most the drain timeout, then closes what
     * is left by force and gives all endpoints back.
     *
     * @param parts that it has left
     */
    void close(List<Part> parts) {
        await(PORT_TIMEOUT, () -> parts.stream().allMatch(Part::isPortFree));
        await(settings.drainTimeout(), () -> isDelivered(parts) || dispatcher.isAbandoned());
        boolean drained = isDelivered(parts);
        if (!drained) {
            shared.feed()
                    .warning(
                            MonitorEvent.Kind.LISTENER_STOPPED,
                            null,
                            null,
                            "DMG3004 activation '%s' is closed FORCED: %s"
                                    .formatted(
                                            settings.name(),
                                            dispatcher.isAbandoned()
                                                    ? "the container gives no bean instance any more"
                                                    : "deliveries were not finished within drainTimeout="
                                                            + Durations.format(
                                                                    settings.drainTimeout())));
        }
        if (drained) {
            parts.forEach(Part::end);
            await(END_TIMEOUT, () -> isGone(parts));
        }
        parts.forEach(Part::close);
        dispatcher.close();
        await(FORCED_TIMEOUT, () -> isGone(parts));
        dispatcher.releaseEndpoints();
        parts.forEach(Part::stopped);
    }

    private static boolean isDelivered(List<Part> parts) {
        return parts.stream().allMatch(Part::isQuiet);
    }

    private boolean isGone(List<Part> parts) {
        return dispatcher.isQuiet() && parts.stream().allMatch(Part::isEmpty);
    }

    private static boolean await(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return true;
    }
}
