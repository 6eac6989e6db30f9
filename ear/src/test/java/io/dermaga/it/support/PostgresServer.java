package io.dermaga.it.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of the tests' own on a free port of the loopback, which keeps its data while it is
 * stopped.
 */
public final class PostgresServer implements AutoCloseable {

    /** May do everything, and needs no password. */
    public static final String USER = "postgres";

    private final int port = FreePorts.next();
    private final Path data;
    private @Nullable EmbeddedPostgres running;

    /** Of no data, and not started. */
    public PostgresServer() throws IOException {
        data = Files.createTempDirectory("dermaga-postgres");
    }

    public int port() {
        return port;
    }

    /** Address of its database. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    }

    /** Starts it, and waits until it answers. */
    public PostgresServer start() throws IOException {
        running =
                EmbeddedPostgres.builder()
                        .setPort(port)
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setServerConfig("max_prepared_transactions", "64")
                        .start();
        return this;
    }

    /** Stops it. */
    public void stop() {
        EmbeddedPostgres server = running;
        running = null;
        if (server != null) {
            try {
                server.close();
            } catch (IOException kept) {
                throw new UncheckedIOException(kept);
            }
        }
    }

    @Override
    public void close() {
        stop();
        Directories.delete(data);
    }
}
