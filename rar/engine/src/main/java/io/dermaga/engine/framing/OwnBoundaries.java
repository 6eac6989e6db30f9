package io.dermaga.engine.framing;

import io.dermaga.api.CustomFraming;
import org.jspecify.annotations.Nullable;

/** Holds what a framing of the application says against the chunk before it is believed. */
final class OwnBoundaries implements CustomFraming.Boundaries {

    private final int base;
    private final int limit;
    private final FrameSink sink;

    /** Bytes of an unfinished payload that are carried over now. */
    private long carried;

    /** Nothing before this index may be named any more. */
    private int next;

    private @Nullable FramingException fault;

    /** The scan is over: what is said later is of no chunk. */
    private boolean closed;

    OwnBoundaries(int base, int limit, long carried, FrameSink sink) {
        this.base = base;
        this.limit = limit;
        this.carried = carried;
        this.sink = sink;
        this.next = base;
    }

    void close() {
        closed = true;
    }

    long carried() {
        return carried;
    }

    void rethrow() throws FramingException {
        FramingException found = fault;
        if (found != null) {
            throw found;
        }
    }

    @Override
    public void payload(int start, int end, int trim) {
        if (isPossible(start, end, trim, carried)) {
            try {
                begin(start);
                sink.frame(base + start, base + end, trim, base + end);
                carried = 0;
                next = base + end;
            } catch (FramingException e) {
                fault = e;
            }
        }
    }

    @Override
    public void partial(int start, int end, int undecided) {
        if (isPossible(start, end, undecided, carried + end - start)) {
            try {
                begin(start);
                sink.partial(base + start, base + end, undecided);
                carried += end - start;
                next = limit;
            } catch (FramingException e) {
                fault = e;
            }
        }
    }

    /** What it leaves out around its payloads is of no frame that we know of. */
    private void begin(int start) {
        if (carried == 0) {
            sink.pass(base + start);
        }
    }

    @Override
    public void error(int at, String expected) {
        if (fault == null) {
            int index = Math.max(base, Math.min(limit - 1, base + at));
            fault = FramingException.unexpected(index, expected);
        }
    }

    private boolean isPossible(int start, int end, int trim, long most) {
        if (closed || fault != null) {
            return false;
        }
        boolean inChunk = base + start >= next && start <= end && base + end <= limit;
        if (!inChunk || trim < 0 || trim > most) {
            fault =
                    FramingException.unexpected(
                            Math.min(next, limit - 1),
                            "boundaries inside of the chunk, one after the other, from the framing's class; given %d to %d, %d of them trimmed"
                                    .formatted(start, end, trim));
            return false;
        }
        return true;
    }
}
