package io.dermaga.history;

import java.nio.file.Path;

/** Where the database of the history is. */
sealed interface HistorySource {

    /**
     * An H2 of the dashboard's own.
     *
     * @param directory of it and of nothing else
     */
    record Embedded(Path directory) implements HistorySource {}

    /** A PostgreSQL, with a pool of the dashboard's own. */
    record Server(String url, String user, String password) implements HistorySource {}

    /**
     * A data source of the application server.
     *
     * @param name in JNDI
     */
    record Named(String name) implements HistorySource {}
}
