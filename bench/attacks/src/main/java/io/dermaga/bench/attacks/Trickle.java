package io.dermaga.bench.attacks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Very many connections that each send a byte a second of a payload which never ends. */
final class Trickle implements Attack {

    static final String NAME = "trickle";

    private static final int ATTACKERS = 10_000;
    private static final int FRAME_SECONDS = 20;
    private static final double MOST_MILLIS = 50;
    private static final double MOST_LATE_SECONDS = 2;
    private static final double MOST_MIB = 64;

    @Override
    public List<Criterion> run(Ground ground) throws Exception {
        int attackers = ground.attackers(ATTACKERS);
        List<Criterion> measured = new ArrayList<>();
        List<String> settings = Attack.settings("frameTimeout=" + FRAME_SECONDS + "s");
        try (TargetProcess target = new TargetProcess(ground.directory(), NAME, false, settings);
                HonestClients honest =
                        new HonestClients(target.port(), CLIENTS, REQUESTS_A_SECOND)) {
            Attack.seconds(WARM_SECONDS);
            ByteBuffer first = ByteBuffer.allocateDirect(1).put(0, (byte) 'x');
            try (Swarm wave = new Swarm(target.port(), plan(attackers / WAVE, first))) {
                wave.awaitConnected(15);
                wave.awaitClosed(2 * FRAME_SECONDS);
            }
            honest.phase();
            Attack.seconds(CALM_SECONDS);
            Latencies calm = honest.phase();
            Attack.seconds(CALM_SECONDS);
            honest.phase();
            Figures before = target.collected();
            Attack.seconds(1);

            Latencies arriving = honest.phase();
            Figures waved = target.figures();
            try (Swarm swarm = new Swarm(target.port(), plan(attackers, first))) {
                swarm.awaitConnected(15);
                Attack.seconds(FRAME_SECONDS / 2);
                Latencies collecting = honest.phase();
                Figures during = target.collected();
                Attack.seconds(1);
                Latencies closing = honest.phase();
                boolean closed = swarm.awaitClosed(2 * FRAME_SECONDS);
                Attack.seconds(1);
                Figures after = target.figures();
                honest.finish();
                measured.add(told("p99 of honest clients, calm", calm));
                measured.add(p99("p99 of honest clients, arrival and trickle", arriving));
                measured.add(p99("p99 of honest clients, end of all attackers", closing));
                long failures = arriving.failures() + collecting.failures() + closing.failures();
                measured.add(Criterion.none(NAME, "honest requests that failed", failures));
                memory(before, during, measured);
                measured.add(
                        Criterion.none(
                                NAME,
                                "attackers not served, or not closed",
                                swarm.refused() + (closed ? 0 : swarm.open())));
                double late = swarm.lifetimes().getMaxValue() / 1e9 - FRAME_SECONDS;
                measured.add(
                        Criterion.most(
                                NAME, "closed after the deadline", late, MOST_LATE_SECONDS, "s"));
                long uncounted = attackers - after.since(waved, "frameTimeouts");
                long otherwise = attackers - after.since(waved, "frameTimeoutCloses");
                measured.add(
                        Criterion.none(
                                NAME,
                                "closed and not counted as DMG2107, FRAME_TIMEOUT",
                                Math.max(Math.abs(uncounted), Math.abs(otherwise))));
            }
        }
        return measured;
    }

    private static Swarm.Plan plan(int attackers, ByteBuffer first) {
        return new Swarm.Plan(attackers, List.of(first), TimeUnit.SECONDS.toNanos(1));
    }

    private static Criterion told(String what, Latencies phase) {
        return Criterion.told(NAME, what, phase.millis(99), "ms");
    }

    private static Criterion p99(String what, Latencies phase) {
        return Criterion.most(NAME, what, phase.millis(99), MOST_MILLIS, "ms");
    }

    /** The budget is in direct memory, so that it counts twice. */
    private static void memory(Figures before, Figures during, List<Criterion> measured) {
        double budget = during.since(before, "budget") / MIB;
        double direct = during.since(before, "direct") / MIB;
        double heap = during.since(before, "heap") / MIB;
        measured.add(Criterion.told(NAME, "budget used for them", budget, "MiB"));
        measured.add(Criterion.told(NAME, "direct memory for them", direct, "MiB"));
        measured.add(Criterion.told(NAME, "live heap for them", heap, "MiB"));
        measured.add(
                Criterion.most(
                        NAME,
                        "memory for them, all three",
                        budget + direct + heap,
                        MOST_MIB,
                        "MiB"));
    }
}
