package io.dermaga.it.history;

import io.dermaga.it.support.Built;
import io.dermaga.it.support.PostgresServer;
import io.dermaga.run.MicroOptions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.xa.PGXADataSource;

/** A PostgreSQL with an XA data source. */
final class PostgresDatabase implements Database {

    private final PostgresServer server = new PostgresServer();

    /** Starts it. */
    PostgresDatabase() throws IOException, SQLException {
        server.start();
        try {
            prepare();
        } catch (SQLException failed) {
            close();
            throw failed;
        }
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(server.url(), PostgresServer.USER, "");
    }

    @Override
    public MicroOptions.Builder addTo(MicroOptions.Builder options) {
        return options.library(Built.jarOf(PGXADataSource.class))
                .preBoot(
                        "create-jdbc-connection-pool --datasourceclassname=org.postgresql.xa.PGXADataSource"
                                + " --restype=javax.sql.XADataSource"
                                + " --property=serverName=127.0.0.1:portNumber=%d:databaseName=postgres:user=%s:password=none recorder"
                                        .formatted(server.port(), PostgresServer.USER))
                .preBoot("create-jdbc-resource --connectionpoolid=recorder jdbc/recorder");
    }

    /** Transactions that are prepared and have no end. */
    int inDoubt() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("select count(*) from pg_prepared_xacts")) {
            result.next();
            return result.getInt(1);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
