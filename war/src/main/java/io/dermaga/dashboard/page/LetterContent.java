package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.masking.Masks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a page shows of a dead letter's content; of a large one no more than that is read. */
public final class LetterContent {

    /** There is no letter. */
    static final LetterContent NONE = new LetterContent(new byte[0], false, null, null, null, null);

    private final byte[] head;
    private final boolean masked;
    private final @Nullable Excerpt delivered;
    private final @Nullable Excerpt original;
    private final @Nullable EditableText editable;
    private final @Nullable String problem;

    private LetterContent(
            byte[] head,
            boolean masked,
            @Nullable Excerpt delivered,
            @Nullable Excerpt original,
            @Nullable EditableText editable,
            @Nullable String problem) {
        this.head = head;
        this.masked = masked;
        this.delivered = delivered;
        this.original = original;
        this.editable = editable;
        this.problem = problem;
    }

    /**
     * @param masks what is covered; a content in which something may be is not edited as text
     */
    static LetterContent of(Monitor source, DeadLetter letter, Masks masks) {
        try {
            Optional<InputStream> content = source.deadLetterContent(letter.id());
            if (content.isEmpty()) {
                return NONE;
            }
            byte[] head;
            try (InputStream stream = content.get()) {
                head = stream.readNBytes(EditableText.MOST_BYTES + 1);
            }
            byte[] original = letter.edited() ? original(source, letter) : null;
            byte[] shown = covered(masks, letter, head);
            byte[] shownOriginal = original == null ? null : covered(masks, letter, original);
            return new LetterContent(
                    head,
                    !Arrays.equals(head, shown) || !Arrays.equals(original, shownOriginal),
                    excerpt(letter, shown),
                    shownOriginal == null ? null : excerpt(letter, shownOriginal),
                    masks.covers(letter.listener())
                            ? null
                            : EditableText.of(head, letter.charset()).orElse(null),
                    null);
        } catch (IOException | UncheckedIOException unreadable) {
            return new LetterContent(
                    new byte[0],
                    false,
                    null,
                    null,
                    null,
                    Visible.line(String.valueOf(unreadable.getMessage())));
        }
    }

    private static byte[] covered(Masks masks, DeadLetter letter, byte[] head) {
        return masks.bytes(letter.listener(), head, letter.charset());
    }

    private static Excerpt excerpt(DeadLetter letter, byte[] head) {
        return Excerpt.of(ByteBuffer.wrap(head), letter.charset());
    }

    private static byte @Nullable [] original(Monitor source, DeadLetter letter)
            throws IOException {
        Optional<InputStream> content = source.deadLetterOriginal(letter.id());
        if (content.isEmpty()) {
            return null;
        }
        try (InputStream stream = content.get()) {
            return stream.readNBytes(EditableText.MOST_BYTES + 1);
        }
    }

    /** Whether both would deliver the same, as far as they were read. */
    boolean isSame(LetterContent other) {
        return Arrays.equals(head, other.head);
    }

    /** What would be delivered; null if there is no letter, or it cannot be read. */
    public @Nullable Excerpt getDelivered() {
        return delivered;
    }

    /** What was delivered, if the content was edited since; else null. */
    public @Nullable Excerpt getOriginal() {
        return original;
    }

    /** Whether something is masked in what is shown. */
    public boolean isMasked() {
        return masked;
    }

    /** Whether it can be edited as text. */
    public boolean isText() {
        return editable != null;
    }

    public @Nullable String getCharset() {
        return editable == null ? null : editable.charset();
    }

    /** Name of the way in which its lines end. */
    public @Nullable String getLineEnd() {
        return editable == null ? null : editable.lineEnd().name();
    }

    /** Why it cannot be read; null if it can. */
    public @Nullable String getProblem() {
        return problem;
    }

    Optional<EditableText> editable() {
        return Optional.ofNullable(editable);
    }
}
