package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Finds lines, and has them judged where the framing demands something of them. */
final class LineScanner implements Framing.Scanner {

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    private final LineEnding ending;
    private final boolean keep;
    private final @Nullable LineCheck check;

    /** The last byte of the chunk before was a CR that belongs to the unfinished line. */
    private boolean carriedCr;

    /** Lenient: the last line ended in CR; an LF now belongs to it. */
    private boolean skipLf;

    /**
     * @param keep whether the ending belongs to the payload
     * @param check what is demanded of lines; null if nothing
     */
    LineScanner(LineEnding ending, boolean keep, @Nullable LineCheck check) {
        this.ending = ending;
        this.keep = keep;
        this.check = check;
    }

    @Override
    public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
        int start = chunk.readerIndex();
        int limit = chunk.writerIndex();
        int searched = start;
        while (start < limit) {
            if (skipLf) {
                skipLf = false;
                if (chunk.getByte(start) == LF) {
                    searched = ++start;
                    sink.pass(start);
                    continue;
                }
            }
            int last = lastOfEnding(chunk, searched, limit);
            if (last < 0) {
                goesOn(chunk, start, limit, sink);
                return;
            }
            boolean crHere = last > start && chunk.getByte(last - 1) == CR;
            boolean crBefore = last == start && carriedCr;
            if (ending == LineEnding.CRLF && !crHere && !crBefore) {
                searched = last + 1; // an LF alone is data
                continue;
            }
            boolean takesCr =
                    ending != LineEnding.LF && (ending != LineEnding.LENIENT || !isCr(chunk, last));
            line(chunk, start, last, takesCr && crHere, takesCr && crBefore, sink);
            skipLf = ending == LineEnding.LENIENT && isCr(chunk, last);
            carriedCr = false;
            start = last + 1;
            searched = start;
        }
    }

    private static boolean isCr(ByteBuf chunk, int at) {
        return chunk.getByte(at) == CR;
    }

    private int lastOfEnding(ByteBuf chunk, int from, int limit) {
        if (ending != LineEnding.LENIENT) {
            return chunk.indexOf(from, limit, LF);
        }
        for (int i = from; i < limit; i++) {
            byte b = chunk.getByte(i);
            if (b == CR || b == LF) {
                return i;
            }
        }
        return -1;
    }

    private void goesOn(ByteBuf chunk, int start, int limit, FrameSink sink)
            throws FramingException {
        if (check != null) {
            check.see(chunk, start, limit);
        }
        carriedCr = isCr(chunk, limit - 1);
        boolean undecided = carriedCr && ending != LineEnding.LF && !keep;
        sink.partial(start, limit, undecided ? 1 : 0);
    }

    private void line(
            ByteBuf chunk, int start, int last, boolean crHere, boolean crBefore, FrameSink sink)
            throws FramingException {
        int end = keep ? last + 1 : crHere ? last - 1 : last;
        int trim = crBefore && !keep ? 1 : 0;
        if (check == null) {
            sink.frame(start, end, trim, last + 1);
            return;
        }
        check.see(chunk, start, last);
        judged(check, start, end, trim, last + 1, sink);
    }

    @Override
    public void tail(FrameSink sink) throws FramingException {
        if (check == null) {
            sink.frame(0, 0, 0, 0);
        } else {
            judged(check, 0, 0, 0, 0, sink);
        }
    }

    private static void judged(
            LineCheck check, int start, int end, int trim, int next, FrameSink sink)
            throws FramingException {
        String verdict = check.verdict();
        if (verdict == null) {
            sink.frame(start, end, trim, next);
        } else if (verdict.isEmpty()) {
            sink.none(next);
        } else {
            sink.invalid(start, end, trim, next, verdict);
        }
    }
}
