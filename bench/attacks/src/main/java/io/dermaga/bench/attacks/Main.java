package io.dermaga.bench.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs attacks one after the other, prints a line for each criterion, writes them to {@code
 * bench/results}, and fails if one does not hold.
 *
 * <p>Argument: names of attacks, separated by commas. System properties: {@code attacks.root}
 * (checkout), {@code attacks.scale} (of the number of attackers, default 1), {@code
 * attacks.results} (name of the file), {@code attacks.server.cores}.
 */
public final class Main {

    private static final int MOST_ATTACKERS = 10_000;
    private static final int RESERVED_FILES = 500;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(System.getProperty("attacks.root", ".")).toAbsolutePath();
        double scale = Double.parseDouble(System.getProperty("attacks.scale", "1"));
        requireFiles((int) (MOST_ATTACKERS * scale) + RESERVED_FILES);
        Attack.Ground ground =
                new Attack.Ground(root.resolve("bench/attacks/target/attacks"), scale);
        List<Criterion> measured = new ArrayList<>();
        for (String name : arguments[0].split(",", -1)) {
            for (Criterion criterion : named(name).run(ground)) {
                System.out.println(criterion);
                measured.add(criterion);
            }
        }
        Path results =
                root.resolve("bench/results")
                        .resolve(System.getProperty("attacks.results", "attacks") + ".md");
        Files.writeString(results, table(measured));
        long failed = measured.stream().filter(one -> !one.holds()).count();
        System.out.println(failed == 0 ? "all criteria hold" : failed + " criteria do not hold");
        System.exit(failed == 0 ? 0 : 1);
    }

    private static Attack named(String name) {
        return switch (name) {
            case Trickle.NAME -> new Trickle();
            case Hoard.NAME -> new Hoard();
            case Handshakes.NAME -> new Handshakes();
            case Swap.NAME -> new Swap();
            default -> throw new IllegalArgumentException("there is no attack '" + name + "'");
        };
    }

    private static String table(List<Criterion> measured) {
        StringBuilder table =
                new StringBuilder("| attack | | measured | limit | |\n|---|---|---:|---:|---|\n");
        for (Criterion one : measured) {
            table.append("| ").append(one.attack());
            table.append(" | ").append(one.what());
            table.append(" | ").append(one.measuredText());
            table.append(" | ").append(one.limitText());
            table.append(" | ").append(one.verdict()).append(" |\n");
        }
        return table.toString();
    }

    /** A JVM raises its own limit to the hard one. */
    private static void requireFiles(int least) throws IOException {
        String hard =
                Files.readAllLines(Path.of("/proc/self/limits")).stream()
                        .filter(line -> line.startsWith("Max open files"))
                        .map(line -> line.split("\\s+", -1)[4])
                        .findFirst()
                        .orElse("unlimited");
        if (!hard.equals("unlimited") && Integer.parseInt(hard) < least) {
            throw new IllegalStateException(
                    "ulimit -Hn is " + hard + ", and " + least + " files are needed");
        }
    }
}
