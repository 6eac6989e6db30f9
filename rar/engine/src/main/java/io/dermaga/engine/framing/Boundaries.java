package io.dermaga.engine.framing;

import java.util.Arrays;

/** Start and end of the frames of one chunk, one after the other. */
final class Boundaries {

    private int[] bounds = new int[64];
    private int used;
    private long bytes;

    void add(int start, int end) {
        if (used == bounds.length) {
            bounds = Arrays.copyOf(bounds, used * 2);
        }
        bounds[used++] = start;
        bounds[used++] = end;
        bytes += end - start;
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** Size of all frames together. */
    long bytes() {
        return bytes;
    }

    /** A copy of what was added, for keeping; nothing is left here. */
    int[] take() {
        int[] taken = Arrays.copyOf(bounds, used);
        clear();
        return taken;
    }

    void clear() {
        used = 0;
        bytes = 0;
    }
}
