package io.dermaga.bench.attacks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Peers that each send all of the largest payload but its last byte, together twice what the budget
 * holds, and never end.
 */
final class Hoard implements Attack {

    static final String NAME = "hoard";

    private static final int ATTACKERS = 2_100;
    private static final int PAYLOAD_BYTES = 256 * 1024;
    private static final int BUDGET_MIB = 256;
    private static final double MOST_MIB = 1.1 * BUDGET_MIB;
    private static final double MOST_GAP_MILLIS = 1000;
    private static final int HOLD_SECONDS = 10;

    @Override
    public List<Criterion> run(Ground ground) throws Exception {
        int attackers = ground.attackers(ATTACKERS);
        List<Criterion> measured = new ArrayList<>();
        List<String> settings =
                Attack.settings("maxPayload=256KiB", "budget=" + BUDGET_MIB + "MiB");
        try (TargetProcess target = new TargetProcess(ground.directory(), NAME, true, settings);
                HonestClients honest =
                        new HonestClients(target.port(), CLIENTS, REQUESTS_A_SECOND)) {
            Attack.seconds(WARM_SECONDS);
            Latencies calm = honest.phase();
            Attack.seconds(CALM_SECONDS);
            honest.phase();
            Figures before = target.collected();
            target.reset();

            Latencies arriving = honest.phase();
            ByteBuffer most = ByteBuffer.allocateDirect(PAYLOAD_BYTES - 1);
            while (most.hasRemaining()) {
                most.put((byte) 'x');
            }
            Swarm.Plan plan = new Swarm.Plan(attackers, List.of(most.flip()), 0);
            long all = (long) attackers * most.limit();
            try (Swarm swarm = new Swarm(target.port(), plan)) {
                boolean taken = swarm.awaitSent(all, 60);
                Latencies holding = honest.phase();
                Attack.seconds(HOLD_SECONDS);
                Figures peak = target.figures();
                Latencies collecting = honest.phase();
                Figures during = target.collected();
                honest.finish();
                measured.add(
                        Criterion.told(NAME, "p99 of honest clients, calm", calm.millis(99), "ms"));
                honest("while the hoard is sent", arriving, measured);
                honest("while it is held", holding, measured);
                measured.add(
                        Criterion.none(
                                NAME,
                                "honest requests that failed",
                                arriving.failures() + holding.failures() + collecting.failures()));
                memory(before, peak, during, measured);
                long read = during.get("bytesRead") - before.get("bytesRead");
                measured.add(Criterion.told(NAME, "hoard sent", swarm.sentBytes() / MIB, "MiB"));
                measured.add(Criterion.told(NAME, "read in all", read / MIB, "MiB"));
                measured.add(
                        Criterion.none(
                                NAME,
                                "attackers not served, or closed",
                                attackers - swarm.open() + (taken ? 0 : 1)));
            }
        }
        return measured;
    }

    private static void honest(String when, Latencies phase, List<Criterion> measured) {
        measured.add(Criterion.count(NAME, "honest requests answered " + when, phase.answered()));
        measured.add(Criterion.told(NAME, "p99 of honest clients " + when, phase.millis(99), "ms"));
        measured.add(
                Criterion.most(
                        NAME,
                        "longest without an answer " + when,
                        phase.longestGapMillis(),
                        MOST_GAP_MILLIS,
                        "ms"));
    }

    private static void memory(
            Figures before, Figures peak, Figures during, List<Criterion> measured) {
        measured.add(mebibytes("budget used, highest", peak.get("budgetPeak")));
        measured.add(mebibytes("direct memory, highest", peak.get("directPeak")));
        long live = during.since(before, "heap");
        measured.add(
                mebibytes("direct memory and live heap for them", during.get("direct") + live));
        measured.add(Criterion.told(NAME, "live heap for them", live / MIB, "MiB"));
        measured.add(Criterion.told(NAME, "on disk", peak.get("spillPeak") / MIB, "MiB"));
    }

    private static Criterion mebibytes(String what, long bytes) {
        return Criterion.most(NAME, what, bytes / MIB, MOST_MIB, "MiB");
    }
}
