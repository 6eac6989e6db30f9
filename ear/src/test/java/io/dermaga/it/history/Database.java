package io.dermaga.it.history;

import io.dermaga.it.history.History.Row;
import io.dermaga.run.MicroOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database of the recording bean; it goes on while servers are killed. */
interface Database extends AutoCloseable {

    /** A connection of the tests' own. */
    Connection connect() throws SQLException;

    /** Makes it the data source {@code jdbc/recorder} of a server. */
    MicroOptions.Builder addTo(MicroOptions.Builder options);

    @Override
    void close();

    /** An empty table of records. */
    default void prepare() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table recordings ("
                            + "position bigint generated always as identity primary key, "
                            + "peer varchar(40) not null, number int not null, "
                            + "delivery int not null, token varchar(40) not null)");
        }
    }

    default List<Row> rows() throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "select peer, number, delivery, token from recordings order by position")) {
            while (result.next()) {
                rows.add(
                        new Row(
                                result.getString(1),
                                result.getInt(2),
                                result.getInt(3),
                                result.getString(4)));
            }
        }
        return rows;
    }
}
