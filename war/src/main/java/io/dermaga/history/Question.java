package io.dermaga.history;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something that is asked of the database. */
@FunctionalInterface
interface Question<T> {

    /**
     * Asks.
     *
     * @return null if there is nothing
     * @throws SQLException if the database fails
     */
    @Nullable T ask(HistoryDatabase open) throws SQLException;
}
