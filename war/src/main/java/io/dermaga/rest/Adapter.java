package io.dermaga.rest;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The adapter, or a refusal that says that it is away. Thread-safe. */
@ApplicationScoped
public class Adapter {

    @Inject private ConnectedMonitor monitor;

    <T> T ask(Function<Monitor, T> question) {
        return monitor.ask(question)
                .orElseThrow(
                        () ->
                                Refused.of(
                                        Status.SERVICE_UNAVAILABLE,
                                        "DMG4312 the adapter is away: it is stopped, or was not"
                                                + " deployed before the dashboard"));
    }

    void tell(Consumer<Monitor> action) {
        ask(
                source -> {
                    action.accept(source);
                    return true;
                });
    }

    ListenerSnapshot listener(String name) {
        return ask(Monitor::snapshot).listeners().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.noListener(name));
    }

    ConnectionSnapshot connection(String id) {
        return found(ask(source -> source.connection(id)), "open connection", id);
    }

    static <T> T found(Optional<T> one, String what, String id) {
        return one.orElseThrow(() -> Refused.unknown(what, id));
    }
}
