package io.dermaga.bench.spool;

import java.util.List;

/**
 * What peers do.
 *
 * @param connections that send
 * @param burst payloads that arrive together and are one entry
 * @param window payloads of a connection that wait for their receipt
 */
record Workload(int connections, int burst, int window) {

    /** Given by arguments such as {@code 64x8/32}: connections, burst, window. */
    static Workload parse(String text) {
        String[] parts = text.split("[x/]", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "workload: given=" + text + " allowed=connections x burst / window");
        }
        return new Workload(
                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    static List<Workload> usual() {
        return List.of(
                new Workload(64, 1, 1),
                new Workload(64, 1, 32),
                new Workload(64, 8, 8),
                new Workload(64, 8, 32),
                new Workload(64, 32, 32),
                new Workload(64, 32, 64));
    }

    /** Entries of a connection that wait for their receipt. */
    int entries() {
        return Math.max(1, window / burst);
    }

    @Override
    public String toString() {
        return connections + "x" + burst + "/" + window;
    }
}
