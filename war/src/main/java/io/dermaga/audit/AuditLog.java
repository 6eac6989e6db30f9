package io.dermaga.audit;

import io.dermaga.dashboard.text.Visible;
import io.dermaga.settings.Configuration;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The audit. What is recorded is on the disk when {@link #record} returns; what cannot be written
 * is told of once and counted, and nothing is stopped by that. Thread-safe.
 */
@ApplicationScoped
public class AuditLog {

    private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

    /** The longest text of a record, in characters. */
    private static final int LONGEST = 4000;

    /** What one search reads at most, in bytes. */
    private static final long MOST_READ = 32L << 20;

    /** Why what nobody may see unnoticed is not shown. */
    public static final String NOTHING_WITHOUT =
            "DMG4705 nothing is revealed while the audit cannot be written";

    private final AuditFiles files;
    private final Clock clock;

    private long unwritten;
    private @Nullable String problem;

    public AuditLog() {
        this(Configuration.ofProcess());
    }

    private AuditLog(Configuration configuration) {
        this(
                configuration.dataDirectory().resolve("audit"),
                configuration.auditBytes(),
                Clock.systemUTC());
    }

    AuditLog(Path directory, long most, Clock clock) {
        this.files = new AuditFiles(directory, most);
        this.clock = clock;
    }

    /** Made with the dashboard, so that a setting that is not allowed stops the deployment. */
    void open(@Observes @Initialized(ApplicationScoped.class) Object application) {}

    @PreDestroy
    synchronized void close() {
        try {
            files.close();
        } catch (IOException failed) {
            tell(failed);
        }
    }

    /** Keeps what has happened; whether it could be written. */
    public synchronized boolean record(AuditEntry entry) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            files.append(sequence -> AuditLine.write(of(sequence, now, entry)));
            if (problem != null) {
                problem = null;
                LOG.log(
                        System.Logger.Level.INFO,
                        "DMG4622 the audit is written again, actions that are missing in it: "
                                + unwritten);
            }
            return true;
        } catch (IOException failed) {
            unwritten++;
            tell(failed);
            reset();
            return false;
        }
    }

    private void reset() {
        try {
            files.close();
        } catch (IOException already) {
            // told
        }
    }

    private void tell(IOException failed) {
        boolean known = problem != null;
        problem =
                "DMG4621 the audit cannot be written, actions go on without it: "
                        + Visible.line(failed.toString());
        if (!known) {
            LOG.log(System.Logger.Level.WARNING, problem);
        }
    }

    private static AuditRecord of(long sequence, Instant at, AuditEntry entry) {
        return new AuditRecord(
                sequence,
                at,
                shown(entry.who()),
                Optional.ofNullable(shown(entry.address())).orElse("?"),
                entry.way(),
                entry.action(),
                shown(entry.target()),
                entry.result(),
                entry.number(),
                shown(entry.reason()));
    }

    /** What may stem from anybody, on one line and not too long. */
    private static @Nullable String shown(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return Visible.line(text.length() > LONGEST ? text.substring(0, LONGEST) + '…' : text);
    }

    /**
     * Finds records, the newest first. One that reads too much ends before, and can be continued.
     *
     * @param before only those with a smaller sequence
     * @throws UncheckedIOException numbered, if a file cannot be read
     */
    public AuditRecords find(AuditSearch search, long before, int limit) {
        List<AuditRecord> found = new ArrayList<>();
        long read = 0;
        try {
            for (Path file : files.newestFirst()) {
                if (AuditFiles.first(file) >= before) {
                    continue;
                }
                List<String> lines = AuditFiles.lines(file);
                for (int i = lines.size() - 1; i >= 0; i--) {
                    read += lines.get(i).length();
                    AuditRecord one = AuditLine.read(lines.get(i)).orElse(null);
                    if (one == null || one.sequence() >= before) {
                        continue;
                    }
                    if (search.matches(one)) {
                        if (found.size() == limit) {
                            return new AuditRecords(found, found.get(limit - 1).sequence(), null);
                        }
                        found.add(one);
                    }
                    if (read > MOST_READ) {
                        return new AuditRecords(found, one.sequence(), one.at());
                    }
                }
            }
            return new AuditRecords(found, 0, null);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "DMG4623 the audit cannot be read: " + Visible.line(failed.toString()), failed);
        }
    }

    /** How it stands. */
    public synchronized AuditStatus status() {
        return new AuditStatus(unwritten, problem);
    }

    /** A record as a line of JSON, without a line end. */
    public static String line(AuditRecord one) {
        return AuditLine.write(one);
    }
}
