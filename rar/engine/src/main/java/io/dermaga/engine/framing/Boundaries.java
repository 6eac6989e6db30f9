package io.dermaga.engine.framing;

import java.util.Arrays;

/** Start and end of the payloads of one chunk and of their frames, one after the other. */
final class Boundaries {

    private int[] bounds = new int[128];
    private int used;
    private long bytes;

    /**
     * Adds a payload.
     *
     * @param frameStart before 0 if its frame began in a chunk before
     */
    void add(int start, int end, int frameStart, int frameEnd) {
        if (used == bounds.length) {
            bounds = Arrays.copyOf(bounds, used * 2);
        }
        bounds[used++] = start;
        bounds[used++] = end;
        bounds[used++] = frameStart;
        bounds[used++] = frameEnd;
        bytes += end - start;
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** Size of all payloads together. */
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
