package io.dermaga.bench.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What is sent.
 *
 * @param name in tables
 * @param kind of load: {@code eof}, {@code frames}, {@code echo}, {@code storm}, {@code idle},
 *     {@code slow}
 * @param size of a payload in bytes
 * @param connections at a time
 * @param rate frames a second of an open loop; 0: closed loop
 */
record Workload(String name, String kind, int size, int connections, int rate) {

    /** Seconds of the first round, which is not counted. */
    private static final String WARM_UP = System.getProperty("bench.warmup", "5");

    /** Seconds of a counted run, and before each what it takes to be under way. */
    private static final String SECONDS = System.getProperty("bench.seconds", "2.5");

    private static final String RUN_UP = "0.5";

    /** The workloads of the comparison. */
    static List<Workload> standard() {
        return List.of(
                new Workload("frames-100", "frames", 100, 16, 0),
                new Workload("frames-1k", "frames", 1024, 16, 0),
                new Workload("frames-64k", "frames", 64 * 1024, 16, 0),
                new Workload("eof-64", "eof", 64, 64, 0),
                new Workload("eof-1k", "eof", 1024, 64, 0),
                new Workload("eof-1m", "eof", 1024 * 1024, 16, 0),
                new Workload("echo-closed", "echo", 100, 64, 0),
                new Workload("echo-5k", "echo", 100, 64, 5000),
                new Workload("echo-20k", "echo", 100, 64, 20_000),
                new Workload("storm", "storm", 100, 256, 0),
                new Workload("slow", "slow", 1024, 200, 0),
                new Workload("idle", "idle", 0, 10_000, 0));
    }

    /** Cost against payload size and against connections. */
    static List<Workload> curves() {
        List<Workload> curves = new ArrayList<>();
        for (int size : new int[] {32, 100, 316, 1024, 3162, 10_240, 32_768, 102_400, 1_000_000}) {
            curves.add(new Workload("frames-size-" + size, "frames", size, 16, 0));
        }
        for (int connections : new int[] {10, 100, 1000, 10_000, 19_000}) {
            curves.add(
                    new Workload("echo-connections-" + connections, "echo", 100, connections, 0));
        }
        for (int connections : new int[] {10, 100, 1000, 10_000}) {
            curves.add(
                    new Workload(
                            "frames-connections-" + connections, "frames", 1024, connections, 0));
        }
        return curves;
    }

    /** Cost against listeners: connections are dealt out to all that a server has. */
    static List<Workload> listeners() {
        return List.of(new Workload("echo-dealt-out", "echo", 100, 500, 0));
    }

    /** Which port of a server it is for. */
    String port() {
        return switch (kind) {
            case "storm", "slow" -> "echo";
            case "idle" -> "frames";
            default -> kind;
        };
    }

    /** Whether something is sent all the time; other workloads leave much behind. */
    boolean isTraffic() {
        return !isIdle() && !kind.equals("slow");
    }

    /** Whether connections are counted in bytes: of a server that has done nothing else. */
    boolean isIdle() {
        return kind.equals("idle");
    }

    /** Before the window and in it, in seconds: in the first round. */
    List<String> warmUp() {
        return List.of(WARM_UP, "0.1");
    }

    /** Before the window and in it, in seconds. */
    List<String> seconds() {
        return List.of(RUN_UP, SECONDS);
    }

    /**
     * Arguments of the load program.
     *
     * @param ports with commas between them
     * @param seconds before the window and in it
     */
    List<String> arguments(String ports, int firstId, List<String> seconds) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                kind,
                                ports,
                                Integer.toString(firstId),
                                Integer.toString(size),
                                Integer.toString(connections)));
        arguments.addAll(seconds);
        if (rate > 0) {
            arguments.add(Integer.toString(rate));
        }
        return arguments;
    }
}
