package io.dermaga.engine.trial;

import io.dermaga.engine.framing.Assembler;
import io.dermaga.engine.framing.Assembly;
import io.dermaga.engine.framing.Chunk;
import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.framing.Framing.Likeness;
import io.dermaga.engine.framing.FramingException;
import io.dermaga.engine.framing.FramingOptions;
import io.dermaga.engine.framing.LostBytes;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.payload.GrowingPayload;
import io.dermaga.engine.payload.SpillFile;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.settings.OnOversize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sample read by one framing, all at once, and then ended: as a connection would be. */
final class Reading implements Assembly {

    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

    /** Those of a listener that sets none. */
    private static final FramingOptions OPTIONS =
            new FramingOptions(16L << 20, OnOversize.CLOSE, true, false, false);

    private static final SpillFile.Observer NOBODY =
            new SpillFile.Observer() {
                @Override
                public void written(long pendingBytes) {
                    // nothing is written
                }

                @Override
                public void failed(IOException cause) {
                    // nothing is written
                }
            };

    private final Likeness likeness;
    private final List<String> losses = new ArrayList<>();
    private int[] bounds = new int[64];
    private int used;

    private long lostBytes;
    private boolean inFrame;
    private @Nullable String error;

    /**
     * Reads it.
     *
     * @param keepEnvelope whether boundaries are those of whole frames
     * @param store which payloads are made with; nothing is written to it
     */
    Reading(String form, boolean keepEnvelope, Sample sample, SpillStore store) {
        ByteBuf bytes = sample.buffer();
        Framing framing = Framing.parse(form, keepEnvelope, Reading.class.getClassLoader());
        likeness = framing.likeness(bytes);
        ByteBudget budget = new ByteBudget(Long.MAX_VALUE, null);
        GrowingPayload growing = new GrowingPayload(HEAP, budget, store, NOBODY);
        Assembler assembler =
                new Assembler(framing, OPTIONS, Long.MAX_VALUE, budget, growing, new Chunk(), this);
        try {
            assembler.read(bytes, 0);
            inFrame = assembler.inFrame();
            int before = used;
            assembler.end(0);
            inFrame = inFrame && used == before;
        } catch (FramingException e) {
            error = String.valueOf(e.getMessage());
        } finally {
            growing.discard();
        }
    }

    /** Whether the beginning is this framing's. */
    Likeness likeness() {
        return likeness;
    }

    /** Start and end of each payload, one after the other. */
    int[] bounds() {
        return Arrays.copyOf(bounds, used);
    }

    /** Whether a frame has begun and is not complete. */
    boolean inFrame() {
        return inFrame;
    }

    /** Bytes that are lost and told of. */
    int lostBytes() {
        return (int) lostBytes;
    }

    /** What was told of what was lost. */
    List<String> losses() {
        return losses;
    }

    /** Why the bytes could not be read on; null if they could. */
    @Nullable String error() {
        return error;
    }

    @Override
    public void complete(Content content) {
        // nothing is spilled; of what the end completes, all of the sample is the payload
        Frames frames = (Frames) content;
        for (int i = 0; i < frames.count(); i++) {
            if (used == bounds.length) {
                bounds = Arrays.copyOf(bounds, used * 2);
            }
            bounds[used++] = frames.start(i);
            bounds[used++] = frames.start(i) + (int) frames.size(i);
        }
        frames.release();
    }

    @Override
    public void lost(LostBytes bytes) {
        losses.add(bytes.text());
    }

    @Override
    public void counted(long payloads, long payloadBytes, long lost) {
        lostBytes += lost;
    }

    @Override
    public void skipped() {
        // empty payloads are delivered
    }

    @Override
    public void answer(byte[] bytes) {
        // there is nobody to be answered
    }

    @Override
    public void attribute(String name, String value) {
        // there is no connection
    }
}
