package io.dermaga.bench.run;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs workloads on one server. A run counts only if everything that was sent was verified: a fast
 * wrong answer fails.
 */
final class Measurement implements AutoCloseable {

    private static final int HELD_BEFORE = 200;
    private static final long SLOW_BYTES = 256 * 1024;
    private static final Workload BESIDE_SLOW =
            new Workload("echo-beside-slow", "echo", 100, 64, 0);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Place place;
    private final Peer peer;
    private Server server;
    private final Set<Workload> givenUp = new HashSet<>();
    private int round;
    private int nextId;

    Measurement(Place place, Peer peer) throws IOException, InterruptedException {
        this.place = place;
        this.peer = peer;
        this.server = peer.start(place);
    }

    Peer peer() {
        return peer;
    }

    @Override
    public void close() {
        server.close();
    }

    /** A new process: what other runs have left behind is gone. */
    void restart() throws IOException, InterruptedException {
        server.close();
        server = peer.start(place);
    }

    /** Sends for a while, so that what is measured later is compiled. */
    void warmUp(Workload workload) throws IOException, InterruptedException {
        if (workload.isTraffic()) {
            running(workload, workload.name(), workload.warmUp());
        }
    }

    /** Whether the server takes such a workload. */
    boolean offers(Workload workload) {
        return !ports(workload).isEmpty() && !givenUp.contains(workload);
    }

    /** From now on the workload is left out: the server was far behind it. */
    void giveUp(Workload workload) {
        givenUp.add(workload);
    }

    Sample measure(Workload workload, int inRound) throws IOException, InterruptedException {
        round = inRound;
        return switch (workload.kind()) {
            case "idle" -> idle(workload);
            case "slow" -> slow(workload);
            default -> running(workload, workload.name(), workload.seconds());
        };
    }

    private String ports(Workload workload) {
        return server.ports(workload.port());
    }

    private Sample running(Workload workload, String name, List<String> times)
            throws IOException, InterruptedException {
        Server.Stats before = server.stats();
        try (Load load = new Load(place, workload.arguments(ports(workload), nextId, times))) {
            nextId += workload.connections();
            load.await("WINDOW");
            double cpu = Usage.cpuMicros(server.pid());
            long units = server.stats().verified();
            long begin = System.nanoTime();
            load.await("END");
            cpu = Usage.cpuMicros(server.pid()) - cpu;
            units = server.stats().verified() - units;
            double seconds = (System.nanoTime() - begin) / 1e9;
            Map<String, Double> figures = load.figures();
            verify(name, before, figures);
            return new Sample(
                    peer.name(),
                    name,
                    round,
                    cpu / units,
                    units / seconds,
                    micros(figures, "p50"),
                    micros(figures, "p99"),
                    Double.NaN,
                    Double.NaN);
        }
    }

    private static double micros(Map<String, Double> figures, String name) {
        double nanos = figures.getOrDefault(name, 0.0);
        return nanos == 0 ? Double.NaN : nanos / 1000;
    }

    private void verify(String name, Server.Stats before, Map<String, Double> figures)
            throws IOException, InterruptedException {
        long sent = figures.getOrDefault("units", 0.0).longValue();
        long end = System.nanoTime() + LIMIT_NANOS;
        Server.Stats after = server.stats();
        while (after.verified() - before.verified() < sent && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(50); // a server that answers nothing may still be at it
            after = server.stats();
        }
        if (after.verified() - before.verified() != sent
                || after.errors() != before.errors()
                || figures.getOrDefault("errors", 1.0) != 0) {
            throw new IOException(
                    "%s on %s: sent=%d, verified=%d, wrong=%d, errors of the load=%.0f"
                            .formatted(
                                    name,
                                    peer.name(),
                                    sent,
                                    after.verified() - before.verified(),
                                    after.errors() - before.errors(),
                                    figures.getOrDefault("errors", 1.0)));
        }
    }

    /** Waits until nothing more is verified. */
    private void awaitQuiet() throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        long before = -1;
        long now = server.stats().verified();
        while (now != before && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(300);
            before = now;
            now = server.stats().verified();
        }
    }

    private Sample idle(Workload workload) throws IOException, InterruptedException {
        Load.hold(place, ports(workload), HELD_BEFORE)
                .close(); // classes and pools are there before the first figure
        TimeUnit.SECONDS.sleep(1);
        double heap = Usage.liveHeapBytes(server.pid(), peer.java());
        double resident = Usage.residentBytes(server.pid());
        Load load = Load.hold(place, ports(workload), workload.connections());
        try {
            TimeUnit.SECONDS.sleep(1);
            resident = Usage.residentBytes(server.pid()) - resident;
            double after = Usage.liveHeapBytes(server.pid(), peer.java());
            return new Sample(
                    peer.name(),
                    workload.name(),
                    round,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    after < 0 ? Double.NaN : (after - heap) / workload.connections(),
                    resident / workload.connections());
        } finally {
            load.close();
        }
    }

    /** Those who read nothing must not cost those who do. */
    private Sample slow(Workload workload) throws IOException, InterruptedException {
        double resident = Usage.residentBytes(server.pid());
        try (Load slow =
                new Load(
                        place,
                        List.of(
                                "slow",
                                ports(workload),
                                Integer.toString(nextId),
                                Integer.toString(workload.size()),
                                Integer.toString(workload.connections()),
                                Long.toString(SLOW_BYTES)))) {
            nextId += workload.connections();
            slow.await("HELD");
            awaitQuiet(); // their questions are not what is measured
            Sample sample = running(BESIDE_SLOW, workload.name(), BESIDE_SLOW.seconds());
            return new Sample(
                    sample.peer(),
                    sample.workload(),
                    round,
                    sample.cpuMicros(),
                    sample.unitsPerSecond(),
                    sample.p50Micros(),
                    sample.p99Micros(),
                    Double.NaN,
                    Usage.residentBytes(server.pid()) - resident);
        }
    }
}
