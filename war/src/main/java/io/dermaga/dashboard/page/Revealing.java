package io.dermaga.dashboard.page;

import io.dermaga.history.MessageLookup;
import io.dermaga.masking.Masks;
import io.dermaga.masking.Reason;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows what is masked in a content, for a reason, to a reader with the role: in the answer to the
 * request that asks for it, and nowhere after that.
 */
@Named("revealing")
@RequestScoped
public class Revealing {

    /**
     * Contents as they came.
     *
     * @param delivered what is or would be delivered
     * @param original of an edited dead letter; null if there is none
     */
    public record Shown(Excerpt delivered, @Nullable Excerpt original) {}

    /** Covers nothing. */
    private static final Masks NONE = Masks.of("");

    @Inject private Operator operator;
    @Inject private MessageLookup messages;
    @Inject private ConnectedMonitor monitor;

    private @Nullable String reason;
    private @Nullable Shown shown;

    /** Whether the reader may reveal. */
    public boolean isAllowed() {
        return FacesContext.getCurrentInstance().getExternalContext().isUserInRole(Role.REVEALER);
    }

    /**
     * Whether the page asks for a reason. A reason that was sent is taken in any case: the action
     * refuses it from those who may not, and the audit has it.
     *
     * @param masked whether there is something to reveal
     */
    public boolean asks(boolean masked) {
        boolean isRendered =
                FacesContext.getCurrentInstance().getCurrentPhaseId() == PhaseId.RENDER_RESPONSE;
        return !isRendered || (masked && shown == null && isAllowed());
    }

    /** Reveals a message, as the adapter still has it. */
    void message(String id) {
        reveal(
                "messages.reveal",
                id,
                "contentGone",
                () ->
                        messages.uncovered(id)
                                .map(one -> Excerpt.of(one.head(), one.charset()))
                                .map(one -> new Shown(one, null)));
    }

    /** Reveals a dead letter, and its original if it was edited. */
    void deadLetter(String id) {
        reveal(
                "deadLetters.reveal",
                id,
                "letterGone",
                () ->
                        monitor.ask(
                                        source ->
                                                source.deadLetter(id)
                                                        .map(
                                                                one ->
                                                                        LetterContent.of(
                                                                                source, one, NONE)))
                                .flatMap(one -> one)
                                .flatMap(Revealing::shown));
    }

    private static Optional<Shown> shown(LetterContent letter) {
        Excerpt delivered = letter.getDelivered();
        return delivered == null
                ? Optional.empty()
                : Optional.of(new Shown(delivered, letter.getOriginal()));
    }

    private void reveal(
            String action, String id, String gone, Supplier<Optional<Shown>> uncovered) {
        String given = reason;
        boolean isDone =
                operator.reveal(
                        action,
                        id,
                        given == null ? "" : given,
                        () -> {
                            Reason.of(given);
                            shown = uncovered.get().orElse(null);
                            return shown == null ? Answer.notDone(gone) : Answer.done("revealDone");
                        });
        if (!isDone) {
            shown = null;
        }
    }

    /** What was revealed by this request; null if nothing was. */
    public @Nullable Shown getShown() {
        return shown;
    }

    public @Nullable String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason;
    }

    public int getLeast() {
        return Reason.LEAST;
    }

    public int getMost() {
        return Reason.MOST;
    }
}
