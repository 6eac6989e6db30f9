package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterGroup;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters, and what is done to several of them: {@code
 * deadletters.xhtml?listener=…&cause=…&peer=…&after=…}.
 */
@Named("deadLettersPage")
@ViewScoped
public class DeadLettersPage implements Serializable {

    @Inject private ConnectedMonitor monitor;
    @Inject private Operator operator;
    @Inject private Masks masks;

    private @Nullable String listener;
    private @Nullable String cause;
    private @Nullable String peer;
    private @Nullable String after;
    private @Nullable String picked;
    private @Nullable String until;
    private @Nullable String cancelled;

    private transient @Nullable LettersShown shown;

    /** Reads the letters anew; before every rendering, the partial ones included. */
    public void load() {
        shown =
                monitor.ask(source -> LettersShown.of(source, criteria(), after))
                        .map(found -> found.covered(masks, getListeners()))
                        .orElse(LettersShown.NONE);
    }

    private LettersShown shown() {
        LettersShown known = shown;
        return known == null ? LettersShown.NONE : known;
    }

    private LetterFilter criteria() {
        return new LetterFilter(listener, cause, peer);
    }

    public List<DeadLetter> getLetters() {
        return shown().letters();
    }

    /** How many the filter means, on other pages as well. */
    public long getCount() {
        return shown().count();
    }

    /** The end of those that were counted: what fails later is not part of an action on all. */
    public Instant getCounted() {
        return shown().until();
    }

    public boolean isFiltered() {
        return criteria().isNarrow();
    }

    /** Id of the last one on this page, if there are more after it; else null. */
    public @Nullable String getOlder() {
        return shown().older();
    }

    /** Letters with the same fault, the most frequent fault first. */
    public List<DeadLetterGroup> getGroups() {
        return shown().groups();
    }

    /** How many more groups there are than are shown. */
    public int getMoreGroups() {
        return shown().moreGroups();
    }

    /** The value of {@code cause} that shows the letters of the group. */
    public String causeOf(DeadLetterGroup group) {
        return LetterFilter.cause(group);
    }

    /** Those that go on, and those that have just ended. */
    public List<ReplayRow> getRecentReplays() {
        return replays(true);
    }

    public List<ReplayRow> getEarlierReplays() {
        return replays(false);
    }

    private List<ReplayRow> replays(boolean recent) {
        Instant now = Instant.now();
        return monitor.ask(ReplayRow::of).orElse(List.of()).stream()
                .filter(row -> row.isRecent(now) == recent)
                .toList();
    }

    /** Names to choose from: those that there are, and those that letters speak of. */
    public List<String> getListeners() {
        Stream<String> open =
                monitor.ask(Monitor::snapshot).stream()
                        .flatMap(snapshot -> snapshot.listeners().stream())
                        .map(ListenerSnapshot::name);
        Stream<String> spokenOf =
                Stream.concat(
                        Stream.ofNullable(listener).filter(name -> !name.isBlank()),
                        getLetters().stream().map(DeadLetter::listener));
        return Stream.concat(open, spokenOf).distinct().sorted().toList();
    }

    /** Delivers those that were picked again, the oldest failure first. */
    public void replayPicked() {
        List<String> oldestFirst = PickedLetters.oldestFirst(picked);
        operator.act(
                "replays.begin",
                String.join(",", oldestFirst),
                actor ->
                        begun(monitor.ask(source -> source.replayDeadLetters(oldestFirst, actor))));
    }

    /** Delivers all again that the filter meant when they were counted. */
    public void replayAll() {
        Instant end = counted();
        operator.act(
                "replays.begin",
                criteria().described(),
                actor ->
                        begun(
                                monitor.ask(
                                        source ->
                                                source.replayDeadLetters(
                                                        criteria().before(end), actor))));
    }

    static Answer begun(Optional<DeadLetterReplay> replay) {
        return replay.map(facts -> Answer.done("replayBegun", facts.total()))
                .orElseGet(() -> Answer.notDone("offline"));
    }

    /** Removes those that were picked, for good. */
    public void deletePicked() {
        List<String> ids = PickedLetters.oldestFirst(picked);
        operator.act("deadLetters.delete", String.join(",", ids), actor -> deleted(ids, actor));
    }

    private Answer deleted(List<String> ids, String actor) {
        int deleted = 0;
        String error = null;
        for (String id : ids) {
            try {
                Optional<Boolean> found = monitor.ask(source -> source.deleteDeadLetter(id, actor));
                if (found.isEmpty()) {
                    return Answer.notDone("offline");
                }
                deleted += found.get() ? 1 : 0;
            } catch (IllegalStateException | UncheckedIOException failed) {
                error = Visible.line(String.valueOf(failed.getMessage()));
            }
        }
        if (error != null) {
            return Answer.notDone("lettersDeletedBut", deleted, error);
        }
        return deleted == ids.size()
                ? Answer.done("lettersDeleted", deleted)
                : Answer.notDone("lettersDeletedGone", deleted, ids.size() - deleted);
    }

    /** Ends a replay after the letter that a bean has now. */
    public void cancel() {
        String id = cancelled == null ? "" : cancelled;
        operator.act(
                "replays.cancel",
                id,
                actor ->
                        Answer.of(
                                monitor.ask(source -> source.cancelDeadLetterReplay(id, actor)),
                                Answer.done("replayCancelled"),
                                Answer.notDone("replayEnded")));
    }

    private Instant counted() {
        try {
            return until == null ? getCounted() : Instant.parse(until);
        } catch (DateTimeParseException wrong) {
            return getCounted();
        }
    }

    public @Nullable String getListener() {
        return listener;
    }

    public void setListener(@Nullable String listener) {
        this.listener = listener;
    }

    public @Nullable String getCause() {
        return cause;
    }

    public void setCause(@Nullable String cause) {
        this.cause = cause;
    }

    public @Nullable String getPeer() {
        return peer;
    }

    public void setPeer(@Nullable String peer) {
        this.peer = peer;
    }

    /** Id of the last letter of the page before; null on the first. */
    public @Nullable String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = after;
    }

    /**
     * Ids of the letters to act on, separated by commas. They are sent with the request, since the
     * rows may have moved between the click and the answer to the question.
     */
    public @Nullable String getPicked() {
        return picked;
    }

    public void setPicked(@Nullable String picked) {
        this.picked = picked;
    }

    /** {@link #getCounted} when the reader was asked. */
    public @Nullable String getUntil() {
        return until;
    }

    public void setUntil(@Nullable String until) {
        this.until = until;
    }

    /** Id of the replay to end. */
    public @Nullable String getCancelled() {
        return cancelled;
    }

    public void setCancelled(@Nullable String cancelled) {
        this.cancelled = cancelled;
    }
}
