package io.dermaga.history;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** A PostgreSQL of the tests' own, one for all; it ends with the tests' process. */
final class Postgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable EmbeddedPostgres running;

    private Postgres() {}

    /** An empty database, whose owner is no superuser. */
    static synchronized HistorySource.Server newDatabase() throws IOException, SQLException {
        if (!Driver.isRegistered()) { // a closed history has forgotten it
            Driver.register();
        }
        EmbeddedPostgres server = running;
        if (server == null) {
            server = EmbeddedPostgres.start();
            execute(server, "create user dermaga password 'of the tests'");
            running = server;
        }
        String name = "history" + DATABASES.incrementAndGet();
        execute(server, "create database " + name + " owner dermaga");
        return new HistorySource.Server(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), name),
                "dermaga",
                "of the tests");
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
