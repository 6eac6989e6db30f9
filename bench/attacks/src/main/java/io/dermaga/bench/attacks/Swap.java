package io.dermaga.bench.attacks;

import java.util.ArrayList;
import java.util.List;

/** The certificate of a busy listener is replaced again and again. */
final class Swap implements Attack {

    static final String NAME = "swap";

    private static final int SWAPS = 20;
    private static final double MOST_SECONDS = 5;
    private static final int STAYING = 20;
    private static final int STAYING_RATE = 10;
    private static final int COMING = 8;
    private static final int COMING_RATE = 5;

    @Override
    public List<Criterion> run(Ground ground) throws Exception {
        int swaps = ground.attackers(SWAPS);
        List<Criterion> measured = new ArrayList<>();
        Pki pki = new Pki(ground.directory().resolve(NAME));
        List<String> settings = Attack.settings("tls=REQUIRED", "tlsCertificate=" + pki.file());
        Serials serials = new Serials();
        try (TargetProcess target = new TargetProcess(ground.directory(), NAME, false, settings);
                TlsClients honest = new TlsClients(target.port(), pki, serials)) {
            honest.stay(STAYING, STAYING_RATE);
            honest.come(COMING, COMING_RATE);
            Attack.seconds(WARM_SECONDS);
            Latencies staying = honest.stayingPhase();
            Latencies coming = honest.comingPhase();
            int unseen = 0;
            long slowest = 0;
            for (int i = 0; i < swaps; i++) {
                long took = serials.swap(pki);
                unseen += took < 0 ? 1 : 0;
                slowest = Math.max(slowest, took);
                Attack.seconds(1);
            }
            Figures after = target.figures();
            honest.finish();
            measured.add(Criterion.count(NAME, "swaps of the certificate", swaps));
            measured.add(Criterion.count(NAME, "whole handshakes meanwhile", coming.answered()));
            measured.add(Criterion.none(NAME, "handshakes that failed", coming.failures()));
            measured.add(
                    Criterion.count(NAME, "requests on connections that stay", staying.answered()));
            measured.add(Criterion.none(NAME, "of them failed, or lost", staying.failures()));
            measured.add(
                    Criterion.none(
                            NAME, "handshakes that the target refused", after.get("handshakes")));
            measured.add(Criterion.none(NAME, "new certificates that nobody was shown", unseen));
            measured.add(
                    Criterion.none(
                            NAME, "connections that began later with an old one", serials.old()));
            measured.add(
                    Criterion.most(
                            NAME,
                            "from the new file to the first connection, longest",
                            slowest / 1e9,
                            MOST_SECONDS,
                            "s"));
            measured.add(
                    Criterion.told(NAME, "p99 of clients that stay", staying.millis(99), "ms"));
            measured.add(Criterion.told(NAME, "p99 of clients that come", coming.millis(99), "ms"));
        }
        return measured;
    }
}
