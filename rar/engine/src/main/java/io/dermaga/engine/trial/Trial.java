package io.dermaga.engine.trial;

import io.dermaga.engine.framing.Framing.Likeness;
import io.dermaga.engine.payload.SpillStore;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one framing makes of a sample. */
final class Trial {

    /** Of each frame: where it starts, where its payload starts and ends, where it ends. */
    private static final int BOUNDS = 4;

    private final String form;
    private final Reading payloads;
    private final int[] bounds;
    private final int size;
    private final int rest;

    /**
     * Reads the sample twice: for the payloads, and for the frames around them.
     *
     * @param form how the framing is written
     */
    Trial(String form, Sample sample, SpillStore store) {
        this.form = form;
        this.size = sample.size();
        this.payloads = new Reading(form, false, sample, store);
        int[] inner = payloads.bounds();
        int[] outer = new Reading(form, true, sample, store).bounds();
        if (outer.length != inner.length) {
            outer = inner;
        }
        bounds = new int[2 * inner.length];
        for (int i = 0; i < inner.length; i += 2) {
            bounds[2 * i] = Math.min(outer[i], inner[i]);
            bounds[2 * i + 1] = inner[i];
            bounds[2 * i + 2] = inner[i + 1];
            bounds[2 * i + 3] = Math.max(outer[i + 1], inner[i + 1]);
        }
        int whole = bounds.length == 0 ? 0 : bounds[bounds.length - 1];
        rest = payloads.inFrame() || error() != null ? size - whole : 0;
    }

    /** How the framing is written. */
    String form() {
        return form;
    }

    /** The framing's name, without its arguments. */
    String name() {
        int end = form.indexOf('(');
        return end < 0 ? form : form.substring(0, end);
    }

    /** How many frames are whole. */
    int count() {
        return bounds.length / BOUNDS;
    }

    int start(int frame) {
        return bounds[BOUNDS * frame];
    }

    int payloadStart(int frame) {
        return bounds[BOUNDS * frame + 1];
    }

    int payloadEnd(int frame) {
        return bounds[BOUNDS * frame + 2];
    }

    int end(int frame) {
        return bounds[BOUNDS * frame + 3];
    }

    /** Bytes at the end that are no whole frame. */
    int rest() {
        return rest;
    }

    /** Bytes that were told of as lost. */
    int lost() {
        return payloads.lostBytes();
    }

    /** Bytes before the rest that belong to no frame. */
    int outside() {
        int inside = 0;
        for (int i = 0; i < count(); i++) {
            inside += end(i) - start(i);
        }
        return size - rest - inside;
    }

    /** Whether the beginning is this framing's. */
    Likeness likeness() {
        return payloads.likeness();
    }

    /** Why the bytes could not be read on; null if they could. */
    @Nullable String error() {
        return payloads.error();
    }

    /** What was told of what was lost. */
    List<String> losses() {
        return payloads.losses();
    }

    /** The same for trials with the same boundaries, and hardly for others. */
    List<Integer> digest() {
        return List.of(bounds.length, Arrays.hashCode(bounds), rest, error() == null ? 0 : 1);
    }
}
