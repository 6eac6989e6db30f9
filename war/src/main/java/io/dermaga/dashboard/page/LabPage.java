package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.FramingTrial;
import io.dermaga.api.monitor.FramingTrials;
import io.dermaga.api.monitor.MessageContent;
import io.dermaga.dashboard.text.Notation;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.history.MessageLookup;
import io.dermaga.masking.DeadLetterContents;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every framing over bytes that the reader gives, or over those of a message or dead letter: {@code
 * lab.xhtml?message=…&deadletter=…&framing=…}.
 */
@Named("labPage")
@ViewScoped
public class LabPage implements Serializable {

    /** A sample up to this size is put into the text field, to be changed. */
    private static final int MOST_WRITTEN = 4096;

    /** A framing below this does not fit. */
    private static final int LEAST_PLAUSIBILITY = 5;

    @Inject private ConnectedMonitor monitor;
    @Inject private MessageLookup messages;
    @Inject private DeadLetterContents letters;
    @Inject private Contents contents;
    @Inject private Texts texts;

    private @Nullable String message;
    private @Nullable String deadLetter;
    private @Nullable String framing;
    private final WrittenBytes input = new WrittenBytes(FramingTrials.MOST_BYTES);
    private byte[] sample = new byte[0];
    private boolean cut;
    private @Nullable String problem;

    private transient @Nullable FramingTrials trials;

    /** Takes the bytes of the message or the dead letter that the address names. */
    public void load() {
        String wanted = message;
        String letter = deadLetter;
        if (wanted != null && !wanted.isEmpty()) {
            take(
                    contents.read(
                            "messages.content",
                            wanted,
                            () -> messages.content(wanted).map(MessageContent::head)));
        } else if (letter != null && !letter.isEmpty()) {
            take(contents.read("deadLetters.original", letter, () -> original(letter)));
        }
    }

    /** The bytes as they came, whatever was edited since; not more than can be tried and one. */
    private Optional<ByteBuffer> original(String id) {
        try (InputStream bytes = letters.original(id).orElse(null)) {
            return bytes == null
                    ? Optional.empty()
                    : Optional.of(ByteBuffer.wrap(bytes.readNBytes(FramingTrials.MOST_BYTES + 1)));
        } catch (IOException | UncheckedIOException failed) {
            problem = Visible.line(String.valueOf(failed.getMessage()));
            return Optional.empty();
        }
    }

    private void take(Optional<ByteBuffer> found) {
        if (found.isEmpty() || !found.get().hasRemaining()) {
            problem = problem == null ? texts.of(gone()) : problem;
            return;
        }
        ByteBuffer bytes = found.get().duplicate();
        cut = bytes.remaining() > FramingTrials.MOST_BYTES;
        sample = new byte[Math.min(bytes.remaining(), FramingTrials.MOST_BYTES)];
        bytes.get(sample);
        input.setWritten(sample.length > MOST_WRITTEN ? null : Notation.text(sample));
    }

    private String gone() {
        return contents.isAllowed() ? "labGone" : "forbidden";
    }

    /** Tries what the reader has written, or the file that was chosen. */
    public void run() {
        problem = null;
        try {
            byte[] given = input.read(texts);
            if (given.length == 0) {
                problem = texts.of("labEmpty");
            } else {
                sample = given;
                cut = false;
                message = null;
                deadLetter = null;
                framing = null;
                trials = null;
            }
        } catch (WrittenBytes.RefusedException refused) {
            problem = refused.getMessage();
        }
    }

    /** Shows another framing. */
    public void choose(String form) {
        framing = form;
    }

    /** What the framings make of the sample; null if there is none, or no adapter. */
    public @Nullable FramingTrials getTrials() {
        if (trials == null && sample.length > 0) {
            trials = monitor.ask(source -> source.tryFramings(sample)).orElse(null);
        }
        return trials;
    }

    /** Those that fit, more or less. */
    public List<FramingTrial> getFitting() {
        return known().stream().filter(one -> one.plausibility() >= LEAST_PLAUSIBILITY).toList();
    }

    /** Those that do not. */
    public List<FramingTrial> getOthers() {
        return known().stream().filter(one -> one.plausibility() < LEAST_PLAUSIBILITY).toList();
    }

    private List<FramingTrial> known() {
        FramingTrials tried = getTrials();
        return tried == null ? List.of() : tried.trials();
    }

    /** The one that is shown; null if there is none. */
    public @Nullable FramingTrial getChosen() {
        List<FramingTrial> all = known();
        return all.stream()
                .filter(one -> one.framing().equals(framing))
                .findFirst()
                .orElse(all.isEmpty() ? null : all.get(0));
    }

    /** Whether a framing is the one that is shown. */
    public boolean isShown(FramingTrial trial) {
        FramingTrial chosen = getChosen();
        return chosen != null && chosen.framing().equals(trial.framing());
    }

    /** The bytes with the frames of the chosen framing. */
    public @Nullable FramedBytes getBytes() {
        FramingTrial chosen = getChosen();
        return chosen == null ? null : new FramedBytes(sample, chosen);
    }

    /** How well a framing fits, the end of a key of the texts. */
    public String verdict(FramingTrial trial) {
        int plausibility = trial.plausibility();
        if (plausibility >= 80) {
            return "best";
        }
        return plausibility >= 50
                ? "good"
                : plausibility >= 20 ? "weak" : plausibility >= LEAST_PLAUSIBILITY ? "poor" : "no";
    }

    /** The annotation of a bean with this framing. */
    public String annotation(FramingTrial trial) {
        return "@ActivationConfigProperty(propertyName = \"framing\", propertyValue = \"%s\")"
                .formatted(trial.framing());
    }

    /** How many bytes are tried. */
    public int getSize() {
        return sample.length;
    }

    /** Whether only the beginning is tried. */
    public boolean isCut() {
        return cut;
    }

    /** Why there is nothing to be tried, or what was given cannot be read; null if all is well. */
    public @Nullable String getProblem() {
        return problem;
    }

    public @Nullable String getMessage() {
        return message;
    }

    public void setMessage(@Nullable String message) {
        this.message = message;
    }

    public @Nullable String getDeadLetter() {
        return deadLetter;
    }

    public void setDeadLetter(@Nullable String deadLetter) {
        this.deadLetter = deadLetter;
    }

    public @Nullable String getFraming() {
        return framing;
    }

    public void setFraming(@Nullable String framing) {
        this.framing = framing;
    }

    /** What the reader gives. */
    public WrittenBytes getInput() {
        return input;
    }
}
