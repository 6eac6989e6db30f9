package io.dermaga.it.history;

import static java.util.stream.Collectors.joining;
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

/** Load on both listeners of servers, which are killed while it goes on. */
final class Kills {

    private static final int PEERS = 8;
    private static final int PAYLOADS_OF_A_PEER = 500;
    private static final int MOST_ANSWERS_BEFORE_A_KILL = 1_000;
    private static final int LAST_PAYLOADS_OF_A_PEER = 100;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final List<KilledServer> servers;
    private final Database database;
    private final Random random;
    private final List<RecordingPeer> early = new ArrayList<>();
    private final List<RecordingPeer> late = new ArrayList<>();
    private int rounds;
    private int kills;
    private long longestStart;

    Kills(KilledServer server, Database database, long seed) {
        this(List.of(server), database, seed);
    }

    /**
     * @param servers the load is spread over them; one is killed at a time
     */
    Kills(List<KilledServer> servers, Database database, long seed) {
        this.servers = List.copyOf(servers);
        this.database = database;
        this.random = new Random(seed);
    }

    /** Kills a server when one kind of its listeners has answered so often, and starts it again. */
    void killUnderLoad() throws IOException {
        int answers = 1 + random.nextInt(MOST_ANSWERS_BEFORE_A_KILL);
        begin();
        List<RecordingPeer> watched = rounds % 2 == 0 ? late : early;
        await(() -> latest(watched).mapToInt(RecordingPeer::told).sum() >= answers);
        kill();
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

    /** A load on both listeners; those before it have ended. */
    void begin() throws IOException {
        load(PAYLOADS_OF_A_PEER);
    }

    /** Answers that the peers of the latest load have got. */
    int told() {
        return Stream.concat(latest(early), latest(late)).mapToInt(RecordingPeer::told).sum();
    }

    /** Kills a server and starts it again. */
    void kill() {
        KilledServer server = servers.get(random.nextInt(servers.size()));
        server.kill();
        kills++;
        await(this::isDone);
        long begun = System.nanoTime();
        server.start();
        longestStart = Math.max(longestStart, System.nanoTime() - begun);
    }

    /**
     * Returns when nothing waits in the spool; what peers of the late listener wait for is done.
     */
    void waitForTheBean() {
        await(
                () -> {
                    long entries = servers.get(0).spoolEntries();
                    return entries == 0 || (entries < 0 && isComplete());
                });
    }

    /** A broker outside does not tell what waits there. */
    private boolean isComplete() throws SQLException {
        return Verdict.of(earlyHistory(), Answers.RECEIPTS).violations().stream()
                .noneMatch(one -> one.startsWith("acknowledged and lost"));
    }

    void await(Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(LIMIT).until(condition);
        } catch (ConditionTimeoutException inVain) {
            servers.forEach(KilledServer::dumpThreads);
            throw new AssertionError(inVain.getMessage() + standing(), inVain);
        }
    }

    /** How far everybody has got, for whoever reads that something was waited for in vain. */
    private String standing() {
        String peers =
                Stream.concat(early.stream(), late.stream())
                        .filter(peer -> !peer.isDone())
                        .map(RecordingPeer::standing)
                        .collect(joining(", "));
        String standing =
                servers.stream().map(KilledServer::standing).collect(joining("%n".formatted()));
        return "%nnot done: %s%n%s".formatted(peers, standing);
    }

    private void load(int payloads) throws IOException {
        rounds++;
        for (int i = 0; i < PEERS; i++) {
            KilledServer server = servers.get(i % servers.size());
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
