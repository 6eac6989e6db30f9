package io.dermaga.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures every peer with every workload, interleaved: in each round each peer is started anew.
 *
 * <p>System properties: {@code bench.root} (checkout), {@code bench.peers}, {@code bench.workloads}
 * (names separated by commas; {@code all}; {@code standard}; {@code curves}), {@code bench.rounds},
 * {@code bench.results} (name of the files in {@code bench/results}).
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Place place = new Place(Path.of(System.getProperty("bench.root", ".")).toAbsolutePath());
        place.compileNative();
        List<Peer> peers = chosen(Peer.all(place), System.getProperty("bench.peers", "all"));
        List<Workload> workloads = workloads(System.getProperty("bench.workloads", "standard"));
        int rounds = Integer.getInteger("bench.rounds", 3);
        Results results = new Results();
        Path directory = place.root().resolve("bench/results");
        String name = System.getProperty("bench.results", "latest");
        for (int round = 1; round <= rounds; round++) {
            for (Peer peer : peers) {
                run(place, peer, workloads, round, results);
                results.write(directory, name, machine());
            }
        }
        System.out.println(Files.readString(directory.resolve(name + ".md")));
        if (results.hasFailed()) {
            throw new IllegalStateException("some runs have failed, see the end of the table");
        }
    }

    private static void run(
            Place place, Peer peer, List<Workload> workloads, int round, Results results)
            throws InterruptedException {
        try (Server server = peer.start(place)) {
            Measurement measurement = new Measurement(place, peer, round, server);
            for (Workload workload : workloads) {
                if (measurement.offers(workload)) {
                    try {
                        Sample sample = measurement.measure(workload);
                        System.out.println(sample.line());
                        results.add(sample);
                    } catch (IOException e) {
                        results.fail(peer.name() + ", " + workload.name() + ": " + e.getMessage());
                        System.out.println("FAILED " + e.getMessage());
                    }
                }
            }
        } catch (IOException e) {
            results.fail(peer.name() + ": " + e.getMessage());
            System.out.println("FAILED " + peer.name() + ": " + e.getMessage());
        }
    }

    private static List<Peer> chosen(List<Peer> all, String names) {
        if (names.equals("all")) {
            return all;
        }
        return Arrays.stream(names.split(",", -1))
                .map(
                        name ->
                                all.stream()
                                        .filter(peer -> peer.name().equals(name))
                                        .findFirst()
                                        .orElseThrow(
                                                () ->
                                                        new IllegalArgumentException(
                                                                "bench.peers: given "
                                                                        + name
                                                                        + ", allowed: "
                                                                        + all.stream()
                                                                                .map(Peer::name)
                                                                                .toList())))
                .toList();
    }

    private static List<Workload> workloads(String names) {
        return switch (names) {
            case "standard" -> Workload.standard();
            case "curves" -> Workload.curves();
            default -> {
                List<String> wanted = List.of(names.split(",", -1));
                yield Stream.concat(Workload.standard().stream(), Workload.curves().stream())
                        .filter(workload -> wanted.contains(workload.name()))
                        .toList();
            }
        };
    }

    private static String machine() throws IOException {
        String model = "";
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("model name")) {
                model = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return "%s, %d cores, Linux %s, Java %s; server on one core, load on another; medians over rounds."
                .formatted(
                        model,
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.version"),
                        Runtime.version());
    }
}
