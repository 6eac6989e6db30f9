package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Finds delimiters in a stream, also where they span chunks: an automaton of Aho and Corasick
 * ("Efficient string matching", 1975), whose states are the beginnings of delimiters. Immutable.
 */
final class DelimiterSearch {

    private static final int BYTES = 256;

    /** The next state, for each state and byte. */
    private final short[] next;

    /** How many bytes of a delimiter a state stands for. */
    private final int[] depth;

    /** Length of the longest delimiter that a state ends; 0 if it ends none. */
    private final int[] found;

    /** The byte with which all delimiters begin; -1 if they begin with different ones. */
    private final int first;

    private final List<byte[]> delimiters;

    /**
     * @param delimiters not empty, none of which begins with another
     */
    DelimiterSearch(List<byte[]> delimiters) {
        this.delimiters = List.copyOf(delimiters);
        int states = 1 + delimiters.stream().mapToInt(one -> one.length).sum();
        next = new short[states * BYTES];
        depth = new int[states];
        found = new int[states];
        Arrays.fill(next, (short) -1);
        int used = 1;
        for (byte[] delimiter : delimiters) {
            int state = 0;
            for (byte b : delimiter) {
                int edge = state * BYTES + (b & 0xff);
                if (next[edge] < 0) {
                    depth[used] = depth[state] + 1;
                    next[edge] = (short) used++;
                }
                state = next[edge];
            }
            found[state] = delimiter.length;
        }
        linkFailures();
        byte begin = delimiters.get(0)[0];
        first = delimiters.stream().allMatch(one -> one[0] == begin) ? begin & 0xff : -1;
    }

    /** The first of them that does not begin as the payload before it ends; or else the first. */
    byte[] after(byte[] payload) {
        return delimiters.stream()
                .filter(one -> payload.length == 0 || one[0] != payload[payload.length - 1])
                .findFirst()
                .orElse(delimiters.get(0))
                .clone();
    }

    /** Where no delimiter goes on, the longest end that is the beginning of one does. */
    private void linkFailures() {
        int[] fallback = new int[depth.length];
        Deque<Integer> queue = new ArrayDeque<>(List.of(0));
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (int b = 0; b < BYTES; b++) {
                int edge = state * BYTES + b;
                int other = state == 0 ? 0 : next[fallback[state] * BYTES + b];
                if (next[edge] < 0) {
                    next[edge] = (short) other;
                } else {
                    int child = next[edge];
                    fallback[child] = other;
                    found[child] = Math.max(found[child], found[other]);
                    queue.add(child);
                }
            }
        }
    }

    /** Where a search in one stream stands; between two calls. */
    static final class Position {

        private int state;

        /** After the delimiter that was found. */
        int end;

        /** Length of the delimiter that was found. */
        int length;

        /** Bytes before the end of what was searched that may be the beginning of a delimiter. */
        int undecided;
    }

    /**
     * Ends a frame at the delimiter that was found.
     *
     * @param from first byte of the frame in this chunk
     * @param keep whether the delimiter belongs to the payload
     */
    static void frame(Position position, int from, boolean keep, FrameSink sink)
            throws FramingException {
        if (keep) {
            sink.frame(from, position.end, 0, position.end);
            return;
        }
        int here = Math.min(position.length, position.end - from);
        sink.frame(from, position.end - here, position.length - here, position.end);
    }

    /** Searches from {@code from} to {@code to}; whether a delimiter was found. */
    boolean find(ByteBuf chunk, int from, int to, Position position) {
        int state = position.state;
        for (int at = from; at < to; at++) {
            if (state == 0 && first >= 0) {
                at = chunk.indexOf(at, to, (byte) first);
                if (at < 0) {
                    break;
                }
            }
            state = next[state * BYTES + chunk.getUnsignedByte(at)];
            if (found[state] > 0) {
                position.end = at + 1;
                position.length = found[state];
                position.state = 0;
                position.undecided = 0;
                return true;
            }
        }
        position.state = state;
        position.undecided = depth[state];
        return false;
    }
}
