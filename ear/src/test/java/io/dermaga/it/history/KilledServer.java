package io.dermaga.it.history;

import static org.awaitility.Awaitility.await;

import io.dermaga.it.support.Built;
import io.dermaga.it.support.Directories;
import io.dermaga.it.support.FreePorts;
import io.dermaga.it.support.Micro;
import io.dermaga.run.MicroOptions;
import io.dermaga.run.MicroServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;

/**
 * A server with the recording application, killed and started again on the same directories: the
 * spool and the transaction manager's log stay.
 */
final class KilledServer implements AutoCloseable {

    /** Recovery as docs/guarantees.md says. */
    private static final String SERVICE = "set configs.config.server-config.transaction-service.";

    private static final int RECOVERY_DELAY = Integer.getInteger("test.recovery.delay", 600);

    private static final int ANSWER_MILLIS = 30_000;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final MicroOptions.Builder options;
    private final Path transactions;
    private final int earlyPort = FreePorts.next();
    private final int latePort = FreePorts.next();
    private @Nullable MicroServer running;

    /**
     * @param name of the directory {@code target/it/NAME}
     * @param rar the adapter
     */
    KilledServer(String name, Path rar, Database database) throws IOException {
        this(name, rar, database, options -> options);
    }

    /**
     * @param more adds to the server's options, or changes them
     */
    KilledServer(String name, Path rar, Database database, UnaryOperator<MicroOptions.Builder> more)
            throws IOException {
        Path directory = Files.createDirectories(Built.target("it").resolve(name));
        Path kept = Files.createTempDirectory(directory, "kept"); // empty at first
        transactions = kept.resolve("transactions");
        Path war = directory.resolve("recorder.war");
        ShrinkWrap.create(WebArchive.class, "recorder.war")
                .addPackage("io.dermaga.it.recorder")
                .as(ZipExporter.class)
                .exportTo(war.toFile(), true);
        options =
                more.apply(
                        database.addTo(
                                Micro.withAdapter(name, rar)
                                        .deploy(war)
                                        .property("dermaga.adapter.dataDirectory", kept.toString())
                                        .property("dermaga.early.host", "127.0.0.1")
                                        .property("dermaga.early.port", Integer.toString(earlyPort))
                                        .property("dermaga.late.host", "127.0.0.1")
                                        .property("dermaga.late.port", Integer.toString(latePort))
                                        .preBoot(SERVICE + "tx-log-dir=" + transactions)
                                        .preBoot(SERVICE + "automatic-recovery=true")
                                        .preBoot(SERVICE + "property.xa-servername=" + name)
                                        .preBoot(
                                                SERVICE
                                                        + "property.recover-txn-delay="
                                                        + RECOVERY_DELAY)));
    }

    int earlyPort() {
        return earlyPort;
    }

    int latePort() {
        return latePort;
    }

    MicroServer running() {
        return Objects.requireNonNull(running, "it was not started");
    }

    /** Entries of the spool that are not done; -1 if it does not tell. */
    long spoolEntries() throws IOException {
        return Long.parseLong(spool().get(0));
    }

    /** Why listeners wait; empty if none does. */
    String waitsFor() throws IOException {
        return spool().get(1);
    }

    private List<String> spool() throws IOException {
        URI address =
                URI.create("http://127.0.0.1:%d/recorder/spool".formatted(running().httpPort()));
        URLConnection connection = address.toURL().openConnection();
        connection.setConnectTimeout(ANSWER_MILLIS);
        connection.setReadTimeout(ANSWER_MILLIS);
        try (InputStream answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .toList();
        }
    }

    /** Ends the process at once: no more than the system itself is asked. */
    void kill() {
        MicroServer server = running();
        server.handle().destroyForcibly();
        server.handle().onExit().join();
        server.close();
    }

    /** Starts it, and waits until both listeners listen. */
    void start() {
        removeUnfinishedLog();
        MicroServer server = Micro.start(options);
        running = server;
        for (String listener : List.of("early", "late")) {
            Pattern listens = Pattern.compile("DMG2002 listener '" + listener + "'");
            await().atMost(LIMIT).until(() -> server.log().numbered(listens).isPresent());
        }
    }

    /**
     * As docs/guarantees.md says: a log of the transaction manager that was being made when the
     * server was killed has nothing in it, and the next but one recovery would read it without end.
     */
    private void removeUnfinishedLog() {
        Path log = transactions.resolve("server").resolve("tx");
        Path control = log.resolve("control");
        try {
            if (Files.exists(control)) {
                byte[] written = Files.readAllBytes(control);
                if (Arrays.equals(written, new byte[written.length])) {
                    Directories.delete(log);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Where its threads are, for whoever waits in vain: {@link Micro#threads}. */
    void dumpThreads() {
        Micro.threads(running());
    }

    /** What its spool tells, and the end of its log. */
    String standing() {
        String told;
        try {
            told = spool().toString();
        } catch (IOException noAnswer) {
            told = noAnswer.toString();
        }
        return "spool: %s%n%s".formatted(told, running().log().tail());
    }

    @Override
    public void close() {
        running().close();
    }
}
