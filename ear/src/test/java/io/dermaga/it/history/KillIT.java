package io.dermaga.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.it.history.Verdict.Answers;
import io.dermaga.it.support.Built;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * What peers were told is true, however often the server is killed. How often: {@code
 * dermaga.kills} and {@code dermaga.kills.xa}.
 */
class KillIT {

    private static final int KILLS = Integer.getInteger("test.kills", 5);
    private static final int XA_KILLS = Integer.getInteger("test.kills.xa", 2);

    @Test
    void nothing_that_was_acknowledged_is_lost_by_kills_of_the_server()
            throws IOException, SQLException {
        try (Database database = new H2Database();
                KilledServer server = new KilledServer("killed", Built.rar(), database)) {
            Kills kills = kill(server, database, KILLS);

            Verdict early = Verdict.of(kills.earlyHistory(), Answers.RECEIPTS);
            Verdict late = Verdict.of(kills.lateHistory(), Answers.TOKENS);

            assertThat(early.violations()).isEmpty();
            assertThat(late.violations()).isEmpty();
            assertThat(early.repetitions()).isLessThanOrEqualTo(kills.mostInFlight());
            assertThat(late.repetitions()).isLessThanOrEqualTo(kills.mostInFlight());
        }
    }

    @Test
    void with_an_xa_data_source_every_payload_has_exactly_one_row_after_kills()
            throws IOException, SQLException {
        try (PostgresDatabase database = new PostgresDatabase();
                KilledServer server = new KilledServer("killed-xa", Built.rar(), database)) {
            Kills kills = kill(server, database, XA_KILLS);

            Verdict early = Verdict.of(kills.earlyHistory(), Answers.RECEIPTS);
            Verdict late = Verdict.of(kills.lateHistory(), Answers.TOKENS);

            assertThat(early.violations()).isEmpty();
            assertThat(late.violations()).isEmpty();
            assertThat(early.repetitions()).isZero();
            assertThat(late.repetitions()).isZero();
            assertThat(database.inDoubt()).isZero();
        }
    }

    private static Kills kill(KilledServer server, Database database, int times)
            throws IOException, SQLException {
        server.start();
        Kills kills = new Kills(server, database, System.nanoTime());
        for (int i = 0; i < times; i++) {
            kills.killUnderLoad();
        }
        kills.finish();
        System.out.println(kills.summary());
        return kills;
    }
}
