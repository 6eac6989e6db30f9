package io.dermaga.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.it.history.Verdict.Answers;
import io.dermaga.it.support.Built;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The judge of {@link KillIT} is judged: an adapter that promises too early is found out. */
class FalseAcknowledgementIT {

    private static final int MOST_KILLS = 5;

    /** Its peers are told before their payloads are stored. */
    private static Path lyingAdapter() throws IOException {
        return MutatedAdapter.build(
                Built.target("it/lying"),
                "io/dermaga/engine/listen/ListenerSpool.java",
                "spool.append(queues, connection.spooled(), firstNumber, content, stored);",
                "stored.stored(); spool.append(queues, connection.spooled(), firstNumber, content,"
                        + " new Receipt() { public void stored() {}"
                        + " public void abandoned(String reason) { stored.abandoned(reason); }});");
    }

    @Test
    void an_acknowledgement_before_the_spool_is_written_is_found_by_kills()
            throws IOException, SQLException {
        try (Database database = new H2Database();
                KilledServer server = new KilledServer("lying", lyingAdapter(), database)) {
            server.start();
            Kills kills = new Kills(server, database, System.nanoTime());
            Verdict verdict = Verdict.of(kills.earlyHistory(), Answers.RECEIPTS);
            for (int i = 0; i < MOST_KILLS && verdict.violations().isEmpty(); i++) {
                kills.killUnderLoad();
                kills.waitForTheBean();
                verdict = Verdict.of(kills.earlyHistory(), Answers.RECEIPTS);
            }

            assertThat(verdict.violations())
                    .isNotEmpty()
                    .anyMatch(violation -> violation.startsWith("acknowledged and lost"));
        }
    }
}
