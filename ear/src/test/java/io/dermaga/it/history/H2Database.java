package io.dermaga.it.history;

import io.dermaga.it.support.FreePorts;
import io.dermaga.run.MicroOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.h2.tools.Server;

/**
 * H2 in this process, so that no committed row is lost with a server; a data source of one phase.
 */
final class H2Database implements Database {

    private static final String LOCAL = "jdbc:h2:mem:recorder;DB_CLOSE_DELAY=-1";

    private final Server server;

    H2Database() throws SQLException {
        server =
                Server.createTcpServer(
                                "-tcpPort", Integer.toString(FreePorts.next()), "-ifNotExists")
                        .start();
        prepare();
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(LOCAL, "recorder", "recorder");
    }

    @Override
    public MicroOptions.Builder addTo(MicroOptions.Builder options) {
        String url = "jdbc\\:h2\\:tcp\\://127.0.0.1\\:" + server.getPort() + "/mem\\:recorder";
        return options.preBoot(
                        "create-jdbc-connection-pool --datasourceclassname=org.h2.jdbcx.JdbcDataSource"
                                + " --restype=javax.sql.DataSource --property=URL="
                                + url
                                + ":user=recorder:password=recorder recorder")
                .preBoot("create-jdbc-resource --connectionpoolid=recorder jdbc/recorder");
    }

    @Override
    public void close() {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException gone) {
            // that was to be
        }
        server.stop();
    }
}
