package io.dermaga.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.it.history.Verdict.Answers;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Load on both listeners of a server, which is killed while it goes on. */
final class Kills {

    private static final int PEERS = 8;
    private static final int PAYLOADS_OF_A_PEER = 500;
    private static final int MOST_ANSWERS_BEFORE_A_KILL = 1_000;
    private static final int LAST_PAYLOADS_OF_A_PEER = 100;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final KilledServer server;
    private final Database database;
    private final Random random;
    private final List<RecordingPeer> early = new ArrayList<>();
    private final List<RecordingPeer> late = new ArrayList<>();
    private int rounds;
    private int kills;
    private long longestStart;

    Kills(KilledServer server, Database database, long seed) {
        this.server = server;
        this.database = database;
        this.random = new Random(seed);
    }

    /** Kills the server when one of its listeners has answered so often, and starts it again. */
    void killUnderLoad() throws IOException {
        int answers = 1 + random.nextInt(MOST_ANSWERS_BEFORE_A_KILL);
        load(PAYLOADS_OF_A_PEER);
        List<RecordingPeer> watched = rounds % 2 == 0 ? late : early;
        await(() -> latest(watched).mapToInt(RecordingPeer::told).sum() >= answers);
        server.kill();
        kills++;
        await(this::isDone);
        long begun = System.nanoTime();
        server.start();
        longestStart = Math.max(longestStart, System.nanoTime() - begun);
    }

    /** Payloads that could be unanswered at all kills together. */
    int mostInFlight() {
        return kills * PEERS * RecordingPeer.WINDOW;
    }

    /** For whoever runs it: what was done, and what came of it. */
    String summary() throws SQLException {
        return "%d kills, longest start to both listeners %.1f s; told on spool: %s; told on delivery: %s"
                .formatted(
                        kills,
                        longestStart / 1e9,
                        Verdict.of(earlyHistory(), Answers.RECEIPTS),
                        Verdict.of(lateHistory(), Answers.TOKENS));
    }

    /** A last load that is not disturbed; then the bean has had everything that is kept. */
    void finish() throws IOException {
        load(LAST_PAYLOADS_OF_A_PEER);
        await(this::isDone);
        assertThat(Stream.concat(latest(early), latest(late)))
                .allSatisfy(peer -> assertThat(peer.told()).isEqualTo(LAST_PAYLOADS_OF_A_PEER));
        waitForTheBean();
    }

    /** Returns when nothing waits in the spool. */
    void waitForTheBean() {
        await(() -> server.spoolEntries() == 0);
    }

    private void await(Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(LIMIT).until(condition);
        } catch (ConditionTimeoutException inVain) {
            server.dumpThreads();
            throw inVain;
        }
    }

    private void load(int payloads) throws IOException {
        rounds++;
        for (int i = 0; i < PEERS; i++) {
            early.add(peer(server.earlyPort(), "early-%d-%d".formatted(rounds, i), payloads));
            late.add(peer(server.latePort(), "late-%d-%d".formatted(rounds, i), payloads));
        }
    }

    private static Stream<RecordingPeer> latest(List<RecordingPeer> peers) {
        return peers.subList(peers.size() - PEERS, peers.size()).stream();
    }

    private boolean isDone() {
        return Stream.concat(latest(early), latest(late)).allMatch(RecordingPeer::isDone);
    }

    private RecordingPeer peer(int port, String name, int payloads) throws IOException {
        return new RecordingPeer(port, name, payloads, random.nextLong());
    }

    History earlyHistory() throws SQLException {
        return history(early, "early-");
    }

    History lateHistory() throws SQLException {
        return history(late, "late-");
    }

    private History history(List<RecordingPeer> peers, String prefix) throws SQLException {
        return new History(
                peers.stream().map(RecordingPeer::history).toList(),
                database.rows().stream().filter(row -> row.peer().startsWith(prefix)).toList());
    }
}
