package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/** Lets the reader act who has the role for it, and tells him what came of it. */
@RequestScoped
public class Operator {

    @Inject private Texts texts;
    @Inject private ConnectedMonitor monitor;

    /** Something that is done to a listener or a connection; answers whether it could be. */
    @FunctionalInterface
    interface Action {

        boolean apply(Monitor source, String id, String actor);
    }

    /**
     * Does it to one of the adapter's, unless the reader is no operator.
     *
     * @param done key of the sentence that it was done
     * @param notDone key of the sentence that it could not be
     */
    void act(String id, String done, String notDone, Action action) {
        act(
                actor ->
                        Answer.of(
                                monitor.ask(source -> action.apply(source, id, actor)),
                                Answer.done(done),
                                Answer.notDone(notDone)));
    }

    /**
     * Does it, unless the reader is no operator.
     *
     * @param action given the reader's name; what it throws as state or disk error is told as well
     */
    public void act(Function<String, Answer> action) {
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        Answer answer =
                external.isUserInRole(Role.OPERATOR)
                        ? answer(action, external)
                        : Answer.refused("forbidden");
        String sentence = texts.of(answer.key(), answer.parameters().toArray());
        faces.addMessage(null, new FacesMessage(answer.severity(), sentence, null));
    }

    private static Answer answer(Function<String, Answer> action, ExternalContext external) {
        try {
            return action.apply(Optional.ofNullable(external.getRemoteUser()).orElse("?"));
        } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException failed) {
            return Answer.refused(
                    "actionFailed", Visible.line(String.valueOf(failed.getMessage())));
        }
    }
}
