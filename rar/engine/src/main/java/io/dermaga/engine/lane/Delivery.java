package io.dermaga.engine.lane;

import io.dermaga.engine.payload.Content;

/** A content on its way through a bean: tells which of its payloads the bean may touch now. */
final class Delivery {

    private final LaneOwner owner;
    private final Content content;
    private final long firstNumber;

    /** First and last but one payload that are being delivered, in the two halves. */
    private volatile long open;

    /**
     * @param firstNumber number of the content's first payload on its connection
     */
    Delivery(LaneOwner owner, Content content, long firstNumber) {
        this.owner = owner;
        this.content = content;
        this.firstNumber = firstNumber;
    }

    /** From now on these payloads are being delivered, and no others. */
    void open(int from, int count) {
        open = (long) from << Integer.SIZE | from + count;
    }

    /** From now on none is. */
    void close() {
        open = 0;
    }

    boolean isOpen(int index) {
        long now = open;
        return index >= (int) (now >>> Integer.SIZE) && index < (int) now;
    }

    LaneOwner owner() {
        return owner;
    }

    Content content() {
        return content;
    }

    long number(int index) {
        return firstNumber + index;
    }
}
