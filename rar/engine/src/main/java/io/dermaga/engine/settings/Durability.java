package io.dermaga.engine.settings;

/** Where an accepted payload waits for its bean. */
public enum Durability {
    /** In memory, or in a file that is forgotten: gone if the server is killed. */
    MEMORY,
    /** In the spool, forced to disk: delivered after a crash, too. */
    SPOOLED
}
