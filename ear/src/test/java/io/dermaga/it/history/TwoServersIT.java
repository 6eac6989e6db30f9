package io.dermaga.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.it.history.Verdict.Answers;
import io.dermaga.it.support.Built;
import io.dermaga.run.MicroOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two servers share a broker: what one has read, the other may deliver, whichever is killed. */
class TwoServersIT {

    private static final int KILLS = Integer.getInteger("test.kills.two", 2);

    /** Peers of the late listener are told after the bean, which only their own server can do. */
    private static MicroOptions.Builder outside(
            MicroOptions.Builder options, OutsideBroker broker) {
        return options.property("dermaga.adapter.spool", broker.address())
                .property("dermaga.late.durability", "MEMORY");
    }

    @Test
    void nothing_that_was_acknowledged_is_lost_and_order_is_kept_whichever_server_is_killed()
            throws IOException, SQLException {
        try (Database database = new H2Database();
                OutsideBroker broker = new OutsideBroker("two");
                KilledServer one =
                        new KilledServer(
                                "two-one", Built.rar(), database, more -> outside(more, broker));
                KilledServer other =
                        new KilledServer(
                                "two-other",
                                Built.rar(),
                                database,
                                more -> outside(more, broker))) {
            one.start();
            other.start();
            Kills kills = new Kills(List.of(one, other), database, System.nanoTime());
            for (int i = 0; i < KILLS; i++) {
                kills.killUnderLoad();
            }
            kills.finish();
            System.out.println(kills.summary());
            assertThat(Verdict.of(kills.earlyHistory(), Answers.RECEIPTS).violations()).isEmpty();
            assertThat(Verdict.of(kills.lateHistory(), Answers.TOKENS).violations()).isEmpty();
        }
    }
}
