package io.dermaga.it.history;

import io.dermaga.it.support.Built;
import io.dermaga.it.support.FreePorts;
import io.dermaga.it.support.Programs;
import io.dermaga.run.MicroOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.xa.PGXADataSource;

/**
 * A PostgreSQL of the tests' own, of the system's packages, on a free port of the loopback; an XA
 * data source. It does not run as root: where root runs the tests, the package's user runs it.
 */
final class PostgresDatabase implements Database {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";

    private final int port = FreePorts.next();
    private final Path programs;
    private final Path directory;

    /** Starts it. */
    PostgresDatabase() throws IOException, SQLException {
        programs = programs();
        directory = Files.createTempDirectory("dermaga-postgres");
        if (isRoot()) {
            UserPrincipal user =
                    directory
                            .getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(USER);
            Files.setOwner(directory, user);
        }
        run("initdb", "--auth=trust", "--username=" + USER, "--encoding=UTF8", data());
        run(
                "pg_ctl",
                "start",
                "--wait",
                "--pgdata=" + data(),
                "--log=" + directory.resolve("postgres.log"),
                "--options=-p %d -h 127.0.0.1 -k '' -c max_prepared_transactions=64"
                        .formatted(port));
        try {
            prepare();
        } catch (SQLException failed) {
            close();
            throw failed;
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static Path programs() throws IOException {
        return installed()
                .or(() -> Programs.install("postgresql") ? installed() : Optional.empty())
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "The tests of XA need PostgreSQL: install the package 'postgresql'."));
    }

    private static Optional<Path> installed() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(
                    List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        if (!Programs.succeed(command.toArray(String[]::new))) {
            throw new IllegalStateException(
                    "%s failed, see %s".formatted(command, Built.target("it/install.log")));
        }
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), USER, "");
    }

    @Override
    public MicroOptions.Builder addTo(MicroOptions.Builder options) {
        return options.library(Built.jarOf(PGXADataSource.class))
                .preBoot(
                        "create-jdbc-connection-pool --datasourceclassname=org.postgresql.xa.PGXADataSource"
                                + " --restype=javax.sql.XADataSource"
                                + " --property=serverName=127.0.0.1:portNumber=%d:databaseName=postgres:user=%s:password=none recorder"
                                        .formatted(port, USER))
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
        run("pg_ctl", "stop", "--mode=immediate", "--pgdata=" + data());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException kept) {
            throw new UncheckedIOException(kept);
        }
    }
}
