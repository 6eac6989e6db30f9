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
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;

/** The database of the history, with its schema. Thread-safe. */
final class HistoryDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final long CONNECT_MILLIS = TimeUnit.SECONDS.toMillis(5);

    /**
     * What is in it.
     *
     * @param messages their count
     * @param bytes of their contents
     */
    record Kept(long messages, long bytes) {}

    private final HikariDataSource pool;
    private final EntityManagerFactory entities;

    /**
     * Opens it, and brings its schema up to date. Blocks.
     *
     * @throws IOException if its directory cannot be made
     * @throws RuntimeException if it cannot be opened
     */
    HistoryDatabase(HistorySettings settings) throws IOException {
        OwnerOnly.createDirectories(settings.directory());
        HikariConfig config = new HikariConfig();
        config.setPoolName("dermaga-history");
        config.setDataSource(embedded(settings.directory().resolve("messages")));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECT_MILLIS);
        pool = new HikariDataSource(config);
        try {
            Flyway.configure(HistoryDatabase.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:io/dermaga/history/migration")
                    .load()
                    .migrate();
            entities =
                    Persistence.createEntityManagerFactory(
                            "dermaga-history",
                            Map.of("jakarta.persistence.nonJtaDataSource", pool));
        } catch (RuntimeException | Error unusable) {
            pool.close();
            throw unusable;
        }
    }

    private static DataSource embedded(Path file) {
        JdbcDataSource source = new JdbcDataSource();
        // what a crash loses of the last second is lost of the history, not of a payload
        source.setURL(
                "jdbc:h2:file:%s;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=1000;TRACE_LEVEL_FILE=0"
                        .formatted(file.toAbsolutePath()));
        source.setUser("dermaga");
        source.setPassword("");
        return source;
    }

    /**
     * A connection of the pool, which commits each statement until it is told otherwise.
     *
     * @throws SQLException if there is none within five seconds
     */
    Connection connection() throws SQLException {
        return pool.getConnection();
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
            pool.close();
            forgetDrivers();
        }
    }

    /** What the application's drivers told the JVM about themselves would keep its class loader. */
    private static void forgetDrivers() {
        ClassLoader own = HistoryDatabase.class.getClassLoader();
        List<Driver> drivers = Collections.list(DriverManager.getDrivers());
        for (Driver driver : drivers) {
            if (driver.getClass().getClassLoader() == own) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException | SecurityException kept) {
                    throw new IllegalStateException(kept);
                }
            }
        }
    }
}
