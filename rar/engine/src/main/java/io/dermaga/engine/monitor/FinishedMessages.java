package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one connection that have ended one after the other, as cheap as they can be on the
 * delivery path: nothing is made for each of them, times are {@link System#nanoTime()}.
 */
public interface FinishedMessages {

    Origin origin();

    int count();

    /**
     * Number of the first one on its connection; the others follow. Negative for a frame that was
     * lost while the stream went on.
     */
    long firstNumber();

    /** Size in bytes; for a discarded one as far as it was read. */
    long size(int index);

    long firstByteNanos(int index);

    long lastByteNanos(int index);

    /** Offset in the stream of the first byte of its frame; -1 if it is not known. */
    default long streamStart(int index) {
        return -1;
    }

    /** Offset in the stream after the last byte of its frame; -1 if it is not known. */
    default long streamEnd(int index) {
        return -1;
    }

    /** Reads that brought its frame; 0 if that is not known. */
    default int reads(int index) {
        return 0;
    }

    /** When they came out of the spool; 0 if they were in none. */
    default long storedNanos() {
        return 0;
    }

    /** When the bean was called first; 0 if it was not. */
    long calledNanos(int index);

    /** When the bean was called last; 0 if it was not. */
    default long lastCalledNanos(int index) {
        return calledNanos(index);
    }

    /** When the bean had returned, and its transaction was to end; 0 if there was none. */
    default long returnedNanos(int index) {
        return 0;
    }

    long endedNanos(int index);

    /** How often it was given to a bean. */
    int attempts(int index);

    Outcome outcome(int index);

    /** Numbered, one sentence, escaped; null on success. */
    @Nullable String error(int index);

    /** What its peer is told of it. */
    default Told told(int index) {
        return Told.NOTHING;
    }

    /** Whether they were kept on disk while they waited. */
    boolean spilled();

    /** Copies the beginning of a content, {@code length} bytes of it, into an array. */
    void copyHead(int index, int length, byte[] target, int offset);
}
