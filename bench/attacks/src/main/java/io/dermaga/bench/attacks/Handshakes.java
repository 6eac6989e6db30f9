package io.dermaga.bench.attacks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that never complete a TLS handshake: a third is silent, a third sends half of its
 * first message, a third all of it and nothing more.
 */
final class Handshakes implements Attack {

    static final String NAME = "handshakes";

    private static final int ATTACKERS = 5_000;
    private static final int HANDSHAKE_SECONDS = 5;
    private static final double MOST_LATE_SECONDS = 1;
    private static final int STAYING = 20;
    private static final int STAYING_RATE = 10;
    private static final int COMING = 4;
    private static final int COMING_RATE = 5;

    @Override
    public List<Criterion> run(Ground ground) throws Exception {
        int attackers = ground.attackers(ATTACKERS);
        List<Criterion> measured = new ArrayList<>();
        Pki pki = new Pki(ground.directory().resolve(NAME));
        List<String> settings =
                Attack.settings(
                        "tls=REQUIRED",
                        "tlsCertificate=" + pki.file(),
                        "handshakeTimeout=" + HANDSHAKE_SECONDS + "s");
        ByteBuffer hello = pki.clientHello();
        ByteBuffer half = hello.duplicate().limit(hello.limit() / 2);
        try (TargetProcess target = new TargetProcess(ground.directory(), NAME, false, settings);
                TlsClients honest = new TlsClients(target.port(), pki, new Serials())) {
            honest.stay(STAYING, STAYING_RATE);
            honest.come(COMING, COMING_RATE);
            Attack.seconds(2 * WARM_SECONDS);
            try (Swarm wave = new Swarm(target.port(), plan(attackers / WAVE, hello, half))) {
                wave.awaitConnected(30);
                wave.awaitClosed(4 * HANDSHAKE_SECONDS);
            }
            Latencies calmStaying = honest.stayingPhase();
            Latencies calmComing = honest.comingPhase();
            Attack.seconds(2 * CALM_SECONDS);
            honest.stayingPhase();
            honest.comingPhase();
            Figures before = target.collected();
            Attack.seconds(1);

            Latencies staying = honest.stayingPhase();
            Latencies coming = honest.comingPhase();
            try (Swarm swarm = new Swarm(target.port(), plan(attackers, hello, half))) {
                swarm.awaitConnected(30);
                Attack.seconds(1);
                Latencies collectingStaying = honest.stayingPhase();
                Latencies collectingComing = honest.comingPhase();
                Figures during = target.collected();
                Attack.seconds(1);
                Latencies closingStaying = honest.stayingPhase();
                Latencies closingComing = honest.comingPhase();
                boolean closed = swarm.awaitClosed(4 * HANDSHAKE_SECONDS);
                Attack.seconds(1);
                Figures after = target.figures();
                honest.finish();
                told("calm", calmStaying, calmComing, measured);
                served("arrival", staying, coming, measured);
                served("end of all attackers", closingStaying, closingComing, measured);
                measured.add(
                        Criterion.none(
                                NAME,
                                "honest handshakes and requests that failed",
                                staying.failures()
                                        + coming.failures()
                                        + collectingStaying.failures()
                                        + collectingComing.failures()
                                        + closingStaying.failures()
                                        + closingComing.failures()));
                double late = swarm.lifetimes().getMaxValue() / 1e9 - HANDSHAKE_SECONDS;
                measured.add(
                        Criterion.most(
                                NAME, "closed after the deadline", late, MOST_LATE_SECONDS, "s"));
                measured.add(
                        Criterion.none(
                                NAME,
                                "attackers not served, or not closed",
                                swarm.refused() + (closed ? 0 : swarm.open())));
                long uncounted = attackers - after.since(before, "handshakeTimeouts");
                measured.add(
                        Criterion.none(
                                NAME,
                                "closed and not counted as DMG2205, HANDSHAKE_TIMEOUT",
                                Math.abs(uncounted)));
                memory(before, during, measured);
            }
        }
        return measured;
    }

    private static Swarm.Plan plan(int attackers, ByteBuffer hello, ByteBuffer half) {
        return new Swarm.Plan(attackers, List.of(ByteBuffer.allocate(0), half, hello), 0);
    }

    private static void told(
            String when, Latencies staying, Latencies coming, List<Criterion> measured) {
        measured.add(
                Criterion.told(
                        NAME,
                        "p99 of honest clients that stay, " + when,
                        staying.millis(99),
                        "ms"));
        measured.add(
                Criterion.told(
                        NAME, "p99 of honest clients that come, " + when, coming.millis(99), "ms"));
    }

    private static void served(
            String when, Latencies staying, Latencies coming, List<Criterion> measured) {
        told(when, staying, coming, measured);
        measured.add(
                Criterion.count(
                        NAME,
                        "honest handshakes and requests, " + when,
                        coming.answered() + staying.answered()));
    }

    private static void memory(Figures before, Figures during, List<Criterion> measured) {
        double direct = during.since(before, "direct") / MIB;
        double heap = during.since(before, "heap") / MIB;
        long connections = during.since(before, "connections");
        measured.add(Criterion.count(NAME, "open when measured", connections));
        measured.add(Criterion.told(NAME, "direct memory for them", direct, "MiB"));
        measured.add(Criterion.told(NAME, "live heap for them", heap, "MiB"));
    }
}
