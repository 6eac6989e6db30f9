package io.dermaga.bench.jmh;

import io.dermaga.bench.jmh.Results.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares two results of JMH: {@code Report PREVIOUS CURRENT} prints a Markdown table. It reports
 * and never fails for a figure; without a previous result it tells the current one.
 */
public final class Report {

    private static final Figures NOT_MEASURED = new Figures(Double.NaN, Double.NaN);

    private Report() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: Report PREVIOUS CURRENT");
            System.exit(2);
        }
        Path previous = Path.of(arguments[0]);
        boolean known = Files.exists(previous);
        if (!known) {
            System.out.println("There is no previous result: " + previous.normalize());
        }
        Results before = known ? Results.read(previous) : Results.none();
        System.out.print(table(before, Results.read(Path.of(arguments[1]))));
    }

    /** One row for each benchmark of either result. */
    static String table(Results previous, Results current) {
        StringBuilder table = new StringBuilder();
        table.append("| benchmark | previous ns | now ns | ratio | previous B/op | now B/op |\n");
        table.append("|---|---:|---:|---:|---:|---:|\n");
        Set<String> names = new TreeSet<>(previous.figures().keySet());
        names.addAll(current.figures().keySet());
        for (String name : names) {
            Figures before = previous.figures().getOrDefault(name, NOT_MEASURED);
            Figures now = current.figures().getOrDefault(name, NOT_MEASURED);
            table.append(
                    "| %s | %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    name,
                                    number(before.nanos(), 1),
                                    number(now.nanos(), 1),
                                    number(now.nanos() / before.nanos(), 2),
                                    number(before.bytes(), 1),
                                    number(now.bytes(), 1)));
        }
        return table.toString();
    }

    private static String number(double value, int decimals) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%." + decimals + "f", value)
                : "-";
    }
}
