package io.dermaga.engine.spool;

/** Gets what was stored. */
@FunctionalInterface
public interface Receiver {

    /**
     * Takes an entry. Entries of one connection come in their order, one at a time, on a thread of
     * the reader; while this method runs no other comes, so it should only pass the entry on. It
     * must not throw.
     *
     * @param entry its content is owned from now on
     */
    void receive(SpooledEntry entry);
}
