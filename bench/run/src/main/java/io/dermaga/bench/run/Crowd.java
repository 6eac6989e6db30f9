package io.dermaga.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many connections at once: {@code bench.idle} (default 100,000) that say nothing and {@code
 * bench.active} (20,000) that each wait for an answer all the time, on the bare engine. A process
 * may have so many files and no more, so that there are several of them, all on the core of
 * servers. Prints resident memory of all, and the rate of the active ones beside that of 100
 * connections to the same processes.
 */
public final class Crowd {

    private static final int RESERVED_FILES = 500;
    private static final int FEW = 100;
    private static final String RUN_UP = "8";
    private static final double SECONDS = 5;

    private final Place place;
    private final List<Server> servers = new ArrayList<>();
    private final List<Load> held = new ArrayList<>();
    private final int most = mostFiles() - RESERVED_FILES;

    private Crowd(Place place) {
        this.place = place;
    }

    public static void main(String[] arguments) throws Exception {
        Place place = new Place(Path.of(System.getProperty("bench.root", ".")).toAbsolutePath());
        place.compileNative();
        new Crowd(place)
                .run(
                        Integer.getInteger("bench.idle", 100_000),
                        Integer.getInteger("bench.active", 20_000));
    }

    private void run(int idle, int active) throws IOException, InterruptedException {
        try {
            List<Server> busy = start(active);
            rate(busy, FEW, 0); // makes them warm
            double few = rate(busy, FEW, FEW);
            for (Server server : start(idle)) {
                int connections = Math.min(most, idle - held.size() * most);
                held.add(Load.hold(place, server.ports("frames"), connections));
            }
            double many = rate(busy, active, 2 * FEW);
            long resident = 0;
            for (Server server : servers) {
                resident += Usage.residentBytes(server.pid());
            }
            System.out.printf(
                    "%d processes hold %,d idle and %,d active connections in %,d MiB of resident memory%n",
                    servers.size(), idle, active, resident >> 20);
            System.out.printf(
                    "answers a second: %,.0f with %d connections, %,.0f (%.2f of it) with %,d%n",
                    few, FEW, many, many / few, active);
        } finally {
            held.forEach(Load::close);
            servers.forEach(Server::close);
        }
    }

    /** As many servers as so many connections need. */
    private List<Server> start(int connections) throws IOException, InterruptedException {
        List<Server> started = new ArrayList<>();
        for (int left = connections; left > 0; left -= most) {
            Server server = Peer.smallEngine(place).start(place);
            started.add(server);
            servers.add(server);
        }
        return started;
    }

    /** Answers a second of all servers together. */
    private double rate(List<Server> busy, int connections, int firstId)
            throws IOException, InterruptedException {
        List<Load> loads = new ArrayList<>();
        int each = connections / busy.size();
        for (Server server : busy) {
            loads.add(
                    new Load(
                            place,
                            List.of(
                                    "echo",
                                    server.ports("echo"),
                                    Integer.toString(firstId),
                                    "100",
                                    Integer.toString(each),
                                    RUN_UP,
                                    Double.toString(SECONDS))));
        }
        double answers = 0;
        for (Load load : loads) {
            load.await("WINDOW");
        }
        for (Load load : loads) {
            load.await("END");
        }
        for (Load load : loads) {
            answers += load.figures().getOrDefault("measured", 0.0);
            load.close();
        }
        TimeUnit.SECONDS.sleep(1);
        return answers / SECONDS;
    }

    private static int mostFiles() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s+", -1))
                    .mapToInt(columns -> Integer.parseInt(columns[4]))
                    .findFirst()
                    .orElse(1024);
        } catch (IOException e) {
            return 1024;
        }
    }
}
