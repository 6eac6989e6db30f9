package io.dermaga.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the kernel has booked for a process, and the heap of a Java one. */
final class Usage {

    /** Clock ticks of the accounting are 10 ms on Linux (proc(5), sysconf(_SC_CLK_TCK)). */
    private static final double TICK_MICROS = 10_000;

    private Usage() {}

    /** CPU time of all threads, ended ones too, in microseconds. */
    static double cpuMicros(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
    }

    /** Resident memory in bytes. */
    static long residentBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
            }
        }
        return 0;
    }

    /** Live bytes on the heap of a Java process, after a collection; -1 for others. */
    static long liveHeapBytes(long pid, String java) throws IOException, InterruptedException {
        if (!Files.readString(Path.of("/proc", Long.toString(pid), "comm")).startsWith("java")) {
            return -1;
        }
        Process tool =
                new ProcessBuilder(
                                Path.of(java).resolveSibling("jcmd").toString(),
                                Long.toString(pid),
                                "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        List<String> lines;
        try (var reader = tool.inputReader()) {
            lines = reader.lines().toList();
        }
        tool.waitFor(30, TimeUnit.SECONDS);
        return lines.stream()
                .filter(line -> line.startsWith("Total"))
                .map(line -> line.strip().split("\\s+", -1))
                .mapToLong(columns -> Long.parseLong(columns[2]))
                .findFirst()
                .orElse(-1);
    }
}
