package io.dermaga.bench.connections;

import io.dermaga.bench.connections.Reader.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens {@code bench.connections} (10,000) connections, and measures the page that lists them: the
 * time of a request and the bytes of its answer, with filters and orders, and of what an open page
 * asks for each time when there is something new.
 *
 * <pre>
 *  java … io.dermaga.bench.connections.Main DIRECTORY_OF_THE_SOURCES
 * </pre>
 */
public final class Main {

    private static final String PAGE = "/connections.xhtml";
    private static final String PUSHED = "nav-count nav-alert-count rows place";
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 30);
    private static final int WARM_UP = ROUNDS;

    /** Goals, for the page as it is opened. */
    private static final long MOST_MILLIS = 500;

    private static final int MOST_PUSHED = 20 * 1024;

    /** What is measured: its name and the query of its address. */
    private record Case(String name, String query) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("as it is opened", ""),
                    new Case("text, in none", "?q=nobody"),
                    new Case("text, of one of five addresses", "?q=127.0.0.4"),
                    new Case("read at least 20 B, state open", "?minRead=20B&state=OPEN"),
                    new Case("sorted by bytes read", "?sort=-read"),
                    new Case("sorted by peer, last page", "?sort=remote&page=1000000"),
                    new Case("100 rows", "?rows=100"));

    private final Reader reader;
    private final StringBuilder report = new StringBuilder();
    private boolean missed;

    private Main(Reader reader) {
        this.reader = reader;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path root = Path.of(arguments[0]).toAbsolutePath();
        int count = Integer.getInteger("bench.connections", 10_000);
        try (Product product = new Product(root, count);
                Peers peers = new Peers(count, product.port())) {
            Reader reader = new Reader(product.dashboard());
            reader.logIn("admin", Product.PASSWORD);
            awaitAll(reader, count);
            peers.begin();
            Main bench = new Main(reader);
            bench.measure(count);
            Files.writeString(root.resolve("bench/results/connections.md"), bench.report);
            System.out.print(bench.report);
            if (bench.missed) {
                throw new IllegalStateException("a goal is missed, see above");
            }
        }
    }

    private static void awaitAll(Reader reader, int count)
            throws IOException, InterruptedException {
        for (int i = 0; i < 60; i++) {
            if (reader.get(PAGE).body().contains("data-count=\"" + count + '"')) {
                return;
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new IOException("not all connections are shown after a minute");
    }

    private void measure(int count) throws IOException, InterruptedException {
        report.append(
                """
                # The page of the open connections

                %,d connections of peers on five addresses of the loopback network, 200 lines a second; by `bench/connections`: \
                %s. Peers, reader and server share the machine. Each %d times after %d that were not counted; times are those of the \
                whole request. Goals, for the page as it is opened: %d ms, and %d KiB for a push.

                | page | median, ms | p95, ms | page, KiB | push: median, ms | p95, ms | sent, KiB | uncompressed, KiB |
                |---|---:|---:|---:|---:|---:|---:|---:|
                """
                        .formatted(
                                count,
                                machine(),
                                ROUNDS,
                                WARM_UP,
                                MOST_MILLIS,
                                MOST_PUSHED / 1024));
        for (Case one : CASES) {
            line(one);
        }
    }

    private void line(Case one) throws IOException, InterruptedException {
        List<Answer> pages = new ArrayList<>();
        List<Answer> pushes = new ArrayList<>();
        for (int i = 0; i < WARM_UP + ROUNDS; i++) {
            Answer page = reader.get(PAGE + one.query());
            Answer push = reader.refresh(PAGE, PUSHED);
            if (i >= WARM_UP) {
                pages.add(page);
                pushes.add(push);
            }
        }
        int pushed = pushes.stream().mapToInt(Answer::sent).max().orElse(0);
        if (one.query().isEmpty()) {
            missed = at(pages, 0.95) > MOST_MILLIS || pushed > MOST_PUSHED;
        }
        report.append(
                "| %s | %.0f | %.0f | %.1f | %.0f | %.0f | %.1f | %.1f |%n"
                        .formatted(
                                one.name(),
                                at(pages, 0.5),
                                at(pages, 0.95),
                                kib(pages.stream().mapToInt(Answer::bytes).max().orElse(0)),
                                at(pushes, 0.5),
                                at(pushes, 0.95),
                                kib(pushed),
                                kib(pushes.stream().mapToInt(Answer::bytes).max().orElse(0))));
    }

    /** Of the times, in milliseconds. */
    private static double at(List<Answer> answers, double share) {
        List<Duration> sorted = answers.stream().map(Answer::took).sorted().toList();
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(index).toNanos() / 1e6;
    }

    private static double kib(int bytes) {
        return bytes / 1024.0;
    }

    private static String machine() throws IOException {
        String model = "";
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("model name")) {
                model = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return "%s, %d cores, Linux %s, Java %s, Payara Micro with -Xmx512m"
                .formatted(
                        model,
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.version"),
                        Runtime.version());
    }
}
