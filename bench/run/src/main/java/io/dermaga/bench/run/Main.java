package io.dermaga.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Measures every peer with every workload, interleaved: all servers run, and in each round each
 * workload is sent to one after the other; those that are not measured wait. The first round makes
 * them warm and is not counted. Slow readers come after all that, and idle connections at the end,
 * each time to a server that was started for them.
 *
 * <p>System properties: {@code bench.root} (checkout), {@code bench.peers}, {@code bench.workloads}
 * (names separated by commas; peers also {@code all} and {@code listeners}, workloads also {@code
 * standard}, {@code curves} and {@code listeners}), {@code bench.rounds}, {@code bench.results}
 * (name of the files in {@code bench/results}).
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Place place = new Place(Path.of(System.getProperty("bench.root", ".")).toAbsolutePath());
        place.compileNative();
        List<Peer> peers = chosen(place, System.getProperty("bench.peers", "all"));
        List<Workload> workloads = workloads(System.getProperty("bench.workloads", "standard"));
        List<Workload> traffic = workloads.stream().filter(Workload::isTraffic).toList();
        List<Workload> others = workloads.stream().filter(one -> !one.isTraffic()).toList();
        int rounds = Integer.getInteger("bench.rounds", 3);
        Results results = new Results();
        Path directory = place.root().resolve("bench/results");
        String name = System.getProperty("bench.results", "latest");
        List<Measurement> measurements = new ArrayList<>();
        try {
            for (Peer peer : peers) {
                start(place, peer, measurements, results);
            }
            for (int round = 0; round <= rounds; round++) {
                System.out.println("round " + round + " of " + rounds);
                round(traffic, measurements, round, results);
                results.write(directory, name, machine());
            }
            for (Workload other : others) {
                for (int round = 1; round <= rounds; round++) {
                    round(List.of(other), measurements, round, results);
                    results.write(directory, name, machine());
                }
            }
        } finally {
            measurements.forEach(Measurement::close);
        }
        System.out.println(Files.readString(directory.resolve(name + ".md")));
        if (results.hasFailed()) {
            throw new IllegalStateException("some runs have failed, see the end of the table");
        }
    }

    private static void round(
            List<Workload> workloads, List<Measurement> measurements, int round, Results results)
            throws InterruptedException {
        for (Workload workload : workloads) {
            for (Measurement measurement : measurements) {
                run(measurement, workload, round, results);
            }
        }
    }

    private static void start(
            Place place, Peer peer, List<Measurement> measurements, Results results)
            throws InterruptedException {
        try {
            measurements.add(new Measurement(place, peer));
        } catch (IOException e) {
            results.fail(peer.name() + ": " + e.getMessage());
        }
    }

    /** Round 0 makes warm: nothing of it is kept. */
    private static void run(Measurement measurement, Workload workload, int round, Results results)
            throws InterruptedException {
        if (!measurement.offers(workload)) {
            return;
        }
        try {
            if (round == 0) {
                measurement.warmUp(workload);
            } else {
                if (workload.isIdle()) {
                    measurement.restart();
                }
                Sample sample = measurement.measure(workload, round);
                System.out.println(sample.line());
                results.add(sample);
            }
        } catch (IOException e) {
            String what =
                    measurement.peer().name() + ", " + workload.name() + ": " + e.getMessage();
            boolean mayBeLeftOut = round == 0 || !workload.isTraffic();
            if (mayBeLeftOut && e instanceof Load.NotKeptUpException) {
                measurement.giveUp(workload);
                results.leaveOut(what);
            } else {
                results.fail(what);
            }
            System.out.println("FAILED " + what);
        }
    }

    private static List<Peer> chosen(Place place, String names) {
        List<Peer> all = Peer.all(place);
        if (names.equals("all")) {
            return all;
        }
        if (names.equals("listeners")) {
            return Peer.withListeners(place, 1, 10, 100, 500);
        }
        return chosen("bench.peers", all, Peer::name, names);
    }

    /** Those of the given names, in the order of the names. */
    private static <T> List<T> chosen(
            String property, List<T> all, Function<T, String> name, String names) {
        return Arrays.stream(names.split(",", -1))
                .map(
                        wanted ->
                                all.stream()
                                        .filter(one -> name.apply(one).equals(wanted))
                                        .findFirst()
                                        .orElseThrow(
                                                () ->
                                                        new IllegalArgumentException(
                                                                property
                                                                        + ": given "
                                                                        + wanted
                                                                        + ", allowed: "
                                                                        + all.stream()
                                                                                .map(name)
                                                                                .toList())))
                .toList();
    }

    private static List<Workload> workloads(String names) {
        return switch (names) {
            case "standard" -> Workload.standard();
            case "curves" -> Workload.curves();
            case "listeners" -> Workload.listeners();
            default ->
                    chosen(
                            "bench.workloads",
                            Stream.of(Workload.standard(), Workload.curves(), Workload.listeners())
                                    .flatMap(List::stream)
                                    .toList(),
                            Workload::name,
                            names);
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
