package io.dermaga.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dermaga.settings.OwnerOnly;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of the history, with its schema. Thread-safe. */
final class HistoryDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final int CONNECT_SECONDS = 5;
    private static final long CONNECT_MILLIS = TimeUnit.SECONDS.toMillis(CONNECT_SECONDS);

    /** Nobody waits longer for a page. */
    private static final int ANSWER_SECONDS = 20;

    /** A batch may wait for an index that is put in order. */
    private static final int BATCH_MILLIS = (int) TimeUnit.MINUTES.toMillis(10);

    /**
     * What is in it.
     *
     * @param messages their count
     * @param bytes of their contents
     */
    record Kept(long messages, long bytes) {}

    private final DataSource source;
    private final DatabaseKind kind;
    private final EntityManagerFactory entities;

    /**
     * Opens it, and brings its schema up to date. Blocks.
     *
     * @throws IOException if its directory cannot be made
     * @throws SQLException if it does not answer, or is of an unknown kind
     * @throws RuntimeException if it cannot be opened
     */
    HistoryDatabase(HistorySettings settings) throws IOException, SQLException {
        source = source(settings.source());
        try {
            kind = kind(source);
            Flyway.configure(HistoryDatabase.class.getClassLoader())
                    .dataSource(source)
                    .locations(kind.migrations())
                    .placeholders(kind.types())
                    .table("dermaga_schema")
                    .load()
                    .migrate();
            entities =
                    Persistence.createEntityManagerFactory(
                            "dermaga-history",
                            Map.of("jakarta.persistence.nonJtaDataSource", source));
        } catch (SQLException | RuntimeException | Error unusable) {
            closeSource();
            throw unusable;
        }
    }

    private static DataSource source(HistorySource wanted) throws IOException, SQLException {
        if (wanted instanceof HistorySource.Named named) {
            return named(named.name());
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("dermaga-history");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECT_MILLIS);
        if (wanted instanceof HistorySource.Embedded embedded) {
            OwnerOnly.createDirectories(embedded.directory());
            config.setDataSource(h2(embedded.directory().resolve("history")));
        } else if (wanted instanceof HistorySource.Server server) {
            config.setDataSource(postgres(server));
        }
        return new HikariDataSource(config);
    }

    @SuppressWarnings("BanJNDI") // an operator's setting, of the names of the server alone
    private static DataSource named(String name) throws SQLException {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException | ClassCastException missing) {
            throw new SQLException(
                    "DMG4205 there is no data source '%s' for the history".formatted(name),
                    missing);
        }
    }

    private static DataSource h2(Path file) {
        JdbcDataSource source = new JdbcDataSource();
        // what a crash loses of the last second is lost of the history, not of a payload
        source.setURL(
                "jdbc:h2:file:%s;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=1000;TRACE_LEVEL_FILE=0"
                        .formatted(file.toAbsolutePath()));
        source.setUser("dermaga");
        source.setPassword("");
        return source;
    }

    private static DataSource postgres(HistorySource.Server server) throws SQLException {
        if (!org.postgresql.Driver
                .isRegistered()) { // forgotten when one was closed; it asks for it
            org.postgresql.Driver.register();
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(server.url());
        source.setUser(server.user());
        source.setPassword(server.password());
        source.setApplicationName("dermaga");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setTcpKeepAlive(true);
        return source;
    }

    private static DatabaseKind kind(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return DatabaseKind.of(connection);
        }
    }

    /** Which database it is. */
    DatabaseKind kind() {
        return kind;
    }

    /**
     * A connection for writing and removing, which commits each statement until it is told
     * otherwise.
     *
     * @throws SQLException if there is none within five seconds
     */
    Connection connection() throws SQLException {
        Connection connection = source.getConnection();
        if (source instanceof HikariDataSource && kind == DatabaseKind.POSTGRESQL) {
            connection.setNetworkTimeout(Runnable::run, BATCH_MILLIS); // the pool takes it back
        }
        return connection;
    }

    /** Reads. */
    <T> T read(Function<EntityManager, T> question) {
        try (EntityManager manager = entities.createEntityManager()) {
            return question.apply(manager);
        }
    }

    /** What is in it, as far as it is committed. */
    Kept kept() throws SQLException {
        try (Connection connection = connection();
                Statement query = connection.createStatement();
                ResultSet row =
                        query.executeQuery(
                                "select sum(messages), sum(bytes) from listener_total")) {
            row.next();
            return new Kept(row.getLong(1), row.getLong(2));
        }
    }

    @Override
    public void close() {
        try {
            entities.close();
        } finally {
            closeSource();
        }
    }

    private void closeSource() {
        if (source instanceof HikariDataSource pool) {
            pool.close();
            forgetDrivers();
        }
    }

    /** What the application's drivers told the JVM about themselves would keep its class loader. */
    private static void forgetDrivers() {
        ClassLoader own = HistoryDatabase.class.getClassLoader();
        List<Driver> drivers = Collections.list(DriverManager.getDrivers());
        try {
            for (Driver driver : drivers) {
                if (driver instanceof org.postgresql.Driver && isOf(own, driver)) {
                    org.postgresql.Driver.deregister(); // it remembers, and can be registered again
                } else if (isOf(own, driver)) {
                    DriverManager.deregisterDriver(driver);
                }
            }
        } catch (SQLException | SecurityException kept) {
            throw new IllegalStateException(kept);
        }
    }

    private static boolean isOf(ClassLoader loader, Driver driver) {
        return driver.getClass().getClassLoader() == loader;
    }
}
