package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.audit.AuditEntry;
import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditResult;
import io.dermaga.audit.AuditWay;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the reader act who has the role for it, tells him what came of it, and keeps it in the
 * audit: whatever is done on a page goes this way.
 */
@RequestScoped
public class Operator {

    @Inject private Texts texts;
    @Inject private ConnectedMonitor monitor;
    @Inject private AuditLog audit;

    /** Something that is done to a listener or a connection; answers whether it could be. */
    @FunctionalInterface
    interface Action {

        boolean apply(Monitor source, String id, String actor);
    }

    /** What came of it, and the number of the sentence that says why not. */
    private record Outcome(Answer answer, AuditResult result, @Nullable String number) {}

    /**
     * Does it to one of the adapter's, unless the reader is no operator.
     *
     * @param name of the action in the audit, that of the REST interface
     * @param done key of the sentence that it was done
     * @param notDone key of the sentence that it could not be
     */
    void act(String name, String id, String done, String notDone, Action action) {
        act(
                name,
                id,
                actor ->
                        Answer.of(
                                monitor.ask(source -> action.apply(source, id, actor)),
                                Answer.done(done),
                                Answer.notDone(notDone)));
    }

    /** Does it, unless the reader is no operator. */
    public void act(String name, @Nullable String target, Function<String, Answer> action) {
        act(Role.OPERATOR, name, target, action);
    }

    /**
     * Does it, unless the reader has not the role.
     *
     * @param name of the action in the audit, that of the REST interface
     * @param target ids or names of what it is done to; null if there are none
     * @param action given the reader's name; what it throws as state or disk error is told as well
     */
    public void act(
            String role, String name, @Nullable String target, Function<String, Answer> action) {
        act(role, name, target, null, action);
    }

    /**
     * Shows what is masked, unless the reader is no revealer; not if the audit cannot be written,
     * so that nobody sees it without anybody knowing.
     *
     * @return whether it may be shown
     */
    boolean reveal(String name, String target, String reason, Supplier<Answer> action) {
        return act(Role.REVEALER, name, target, reason, actor -> action.get());
    }

    private boolean act(
            String role,
            String name,
            @Nullable String target,
            @Nullable String reason,
            Function<String, Answer> action) {
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        String actor = Optional.ofNullable(external.getRemoteUser()).orElse("?");
        Outcome outcome =
                new Outcome(Answer.refused("actionFailed", "?"), AuditResult.FAILED, null);
        boolean kept = false;
        try {
            outcome =
                    external.isUserInRole(role)
                            ? outcome(action, actor)
                            : new Outcome(Answer.refused("forbidden"), AuditResult.REFUSED, null);
        } finally {
            HttpServletRequest request = (HttpServletRequest) external.getRequest();
            kept =
                    audit.record(
                            new AuditEntry(
                                    actor,
                                    request.getRemoteAddr(),
                                    AuditWay.PAGE,
                                    name,
                                    target,
                                    outcome.result(),
                                    outcome.number(),
                                    reason));
        }
        boolean isWithheld = reason != null && !kept;
        Answer answer =
                isWithheld
                        ? Answer.refused("actionFailed", AuditLog.NOTHING_WITHOUT)
                        : outcome.answer();
        String sentence = texts.of(answer.key(), answer.parameters().toArray());
        faces.addMessage(null, new FacesMessage(answer.severity(), sentence, null));
        return outcome.result() == AuditResult.DONE && !isWithheld;
    }

    private static Outcome outcome(Function<String, Answer> action, String actor) {
        try {
            Answer answer = action.apply(actor);
            boolean done = answer.severity() == FacesMessage.SEVERITY_INFO;
            return new Outcome(answer, done ? AuditResult.DONE : AuditResult.NOT_DONE, null);
        } catch (IllegalStateException | IllegalArgumentException refused) {
            return failed(refused, AuditResult.NOT_DONE);
        } catch (UncheckedIOException failed) {
            return failed(failed, AuditResult.FAILED);
        }
    }

    private static Outcome failed(RuntimeException failed, AuditResult result) {
        String message = String.valueOf(failed.getMessage());
        return new Outcome(
                Answer.refused("actionFailed", Visible.line(message)),
                result,
                AuditEntry.numberOf(message));
    }
}
