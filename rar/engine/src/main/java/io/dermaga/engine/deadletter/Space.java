package io.dermaga.engine.deadletter;

import java.io.IOException;

/** How much the letters of a store take, and may take. Thread-safe. */
final class Space {

    private final long capacity;
    private final int most;
    private long used;
    private int letters;

    /**
     * @param capacity bytes
     * @param most letters
     */
    Space(long capacity, int most) {
        this.capacity = capacity;
        this.most = most;
    }

    long capacity() {
        return capacity;
    }

    synchronized long used() {
        return used;
    }

    /** A letter is there already, whether there is room or not. */
    synchronized void occupy(long bytes) {
        used += bytes;
        letters++;
    }

    /**
     * @throws IOException DMG3202 if there is no room for one more
     */
    synchronized void reserveLetter(String id, long bytes) throws IOException {
        if (letters >= most) {
            throw full(id, bytes);
        }
        reserve(id, bytes);
        letters++;
    }

    synchronized void freeLetter(long bytes) {
        used -= bytes;
        letters--;
    }

    /**
     * @param bytes that a letter grows by; negative if it shrinks
     * @throws IOException DMG3202 if there is no room
     */
    synchronized void reserve(String id, long bytes) throws IOException {
        if (bytes > 0 && bytes > capacity - used) {
            throw full(id, bytes);
        }
        used += bytes;
    }

    synchronized void free(long bytes) {
        used -= bytes;
    }

    private IOException full(String id, long bytes) {
        return new IOException(
                "DMG3202 dead letter '%s' finds no room: given %d bytes more, allowed: %d letters with deadLetterCapacity=%d bytes, of which %d letters with %d bytes are there"
                        .formatted(id, bytes, most, capacity, letters, used));
    }
}
