package io.dermaga.monitor;

import io.dermaga.api.monitor.Monitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The monitor of the adapter, while there is one. */
@Named
@ApplicationScoped
public class ConnectedMonitor {

    private final AtomicReference<@Nullable Monitor> current = new AtomicReference<>();

    /** Takes the monitor in place of an earlier one. */
    public void connect(Monitor monitor) {
        current.set(monitor);
    }

    /**
     * Asks the monitor.
     *
     * @return empty when there is no monitor, or it has stopped
     */
    public <T> Optional<T> ask(Function<Monitor, T> question) {
        Monitor monitor = current.get();
        if (monitor == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(question.apply(monitor));
        } catch (IllegalStateException stopped) {
            if (isRunning(monitor)) {
                throw stopped;
            }
            // the adapter is gone; holding on to it would keep its class loader
            current.compareAndSet(monitor, null);
            return Optional.empty();
        }
    }

    private static boolean isRunning(Monitor monitor) {
        try {
            return monitor.lastEvent() >= 0;
        } catch (IllegalStateException stopped) {
            return false;
        }
    }

    /** Whether there is a monitor that has not been seen stopped. */
    public boolean isPresent() {
        return current.get() != null;
    }
}
