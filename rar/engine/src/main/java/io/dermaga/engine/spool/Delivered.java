package io.dermaga.engine.spool;

/**
 * How far an entry is done when a transaction commits.
 *
 * @param upTo how many payloads of its content are done
 */
public record Delivered(SpooledEntry entry, int upTo) {

    public Delivered {
        int count = entry.content().count();
        if (upTo < 1 || upTo > count) {
            throw new IllegalArgumentException("upTo: given=" + upTo + " allowed=1 to " + count);
        }
    }

    boolean isWhole() {
        return upTo == entry.content().count();
    }
}
