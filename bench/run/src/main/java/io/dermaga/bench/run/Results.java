package io.dermaga.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What was measured: every run, and the medians as tables. */
final class Results {

    private static final String HEAD =
            """
            | server | CPU µs/unit (median, min–max) | ratio to adapter-plain | units/s | p50 µs | p99 µs | heap B | resident B |
            |---|---|---|---|---|---|---|---|
            """;

    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> failures = new LinkedHashSet<>(); // told once, not in each round
    private final List<String> leftOut = new ArrayList<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    void fail(String text) {
        failures.add(text);
    }

    /** A peer cannot keep up with a workload: a result, not a failure. */
    void leaveOut(String text) {
        leftOut.add(text);
    }

    boolean hasFailed() {
        return !failures.isEmpty();
    }

    /** Writes {@code NAME.csv} and {@code NAME.md}. */
    void write(Path directory, String name, String machine) throws IOException {
        Files.createDirectories(directory);
        List<String> lines = new ArrayList<>();
        lines.add(Sample.COLUMNS);
        samples.forEach(sample -> lines.add(sample.line()));
        Files.write(directory.resolve(name + ".csv"), lines);
        Files.writeString(directory.resolve(name + ".md"), tables(machine));
    }

    private String tables(String machine) {
        StringBuilder text = new StringBuilder("# Measured side by side\n\n" + machine + "\n");
        for (String workload : samples.stream().map(Sample::workload).distinct().toList()) {
            List<Sample> runs =
                    samples.stream().filter(s -> s.workload().equals(workload)).toList();
            text.append("\n## ").append(workload).append("\n\n");
            text.append(HEAD);
            double base = median(runs, "adapter-plain", main(workload));
            for (String peer : runs.stream().map(Sample::peer).distinct().toList()) {
                text.append(row(runs, peer, base, main(workload)));
            }
        }
        list(text, "Left out, not kept up with", leftOut);
        list(text, "Failed", failures);
        return text.toString();
    }

    private static void list(StringBuilder text, String title, Collection<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n## ").append(title).append("\n\n");
            lines.forEach(line -> text.append("- ").append(line).append('\n'));
        }
    }

    private static ToDoubleFunction<Sample> main(String workload) {
        return workload.equals("idle") ? Sample::heapBytes : Sample::cpuMicros;
    }

    private static String row(
            List<Sample> runs, String peer, double base, ToDoubleFunction<Sample> main) {
        double[] cpu =
                runs.stream()
                        .filter(s -> s.peer().equals(peer))
                        .mapToDouble(Sample::cpuMicros)
                        .sorted()
                        .toArray();
        double value = median(runs, peer, main);
        return "| %s | %s (%s–%s) | %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        peer,
                        figure(median(runs, peer, Sample::cpuMicros)),
                        figure(cpu[0]),
                        figure(cpu[cpu.length - 1]),
                        figure(value / base),
                        figure(median(runs, peer, Sample::unitsPerSecond)),
                        figure(median(runs, peer, Sample::p50Micros)),
                        figure(median(runs, peer, Sample::p99Micros)),
                        figure(median(runs, peer, Sample::heapBytes)),
                        figure(median(runs, peer, Sample::residentBytes)));
    }

    private static double median(List<Sample> runs, String peer, ToDoubleFunction<Sample> figure) {
        double[] values =
                runs.stream()
                        .filter(s -> s.peer().equals(peer))
                        .mapToDouble(figure)
                        .filter(value -> !Double.isNaN(value))
                        .sorted()
                        .toArray();
        return values.length == 0
                ? Double.NaN
                : (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    private static String figure(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value >= 1000 ? "%,.0f".formatted(value) : "%.3g".formatted(value);
    }
}
