package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;

/** What an operator does to a listener. */
@Named("listenerActions")
@RequestScoped
public class ListenerActions {

    @Inject private ConnectedMonitor monitor;
    @Inject private Operator operator;

    /** Lets it take no more connections. */
    public void pause(String listener) {
        act("listeners.pause", listener, "pauseListenerDone", Monitor::pauseListener);
    }

    /** Lets it take connections again. */
    public void resume(String listener) {
        act("listeners.resume", listener, "resumeListenerDone", Monitor::resumeListener);
    }

    /** Closes its port and its connections. */
    public void stop(String listener) {
        act("listeners.stop", listener, "stopListenerDone", Monitor::stopListener);
    }

    /** Opens it again. */
    public void start(String listener) {
        act("listeners.start", listener, "startListenerDone", Monitor::startListener);
    }

    private void act(String name, String listener, String done, Operator.Action action) {
        operator.act(name, listener, done, "listenerOtherState", action);
    }

    /** Reads its certificates from their files again. */
    public void reloadCertificates(String listener) {
        operator.act(
                "listeners.reloadCertificates",
                listener,
                actor ->
                        monitor.ask(
                                        source ->
                                                Optional.ofNullable(
                                                        source.reloadCertificates(listener, actor)))
                                .map(ListenerActions::answer)
                                .orElseGet(() -> Answer.notDone("offline")));
    }

    private static Answer answer(Optional<String> problem) {
        return problem.map(text -> Answer.refused("actionFailed", Visible.line(text)))
                .orElseGet(() -> Answer.done("reloadCertificatesDone"));
    }
}
