package io.dermaga.history;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.RecordedMessage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Fills a history with a million messages of some 260 bytes, in each kind of database, and measures
 * a page of 50 of each kind of search, seven times: the first and the longest of the others.
 */
public final class SearchBench {

    private static final int MESSAGES = Integer.getInteger("bench.messages", 1_000_000);
    private static final int PAGE = 50;
    private static final int BATCH = 1_000;
    private static final int ROUNDS = 7;
    private static final DateTimeFormatter HL7_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSS").withZone(ZoneOffset.UTC);

    private static final List<String> GIVEN =
            List.of("ANNA", "BEN", "CLARA", "DAVID", "ELIF", "FINN", "GRETA", "HASAN", "INES");

    private static final List<String> FAMILIES = families();

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final HistoryDatabase database;
    private final StringBuilder report;

    private SearchBench(HistoryDatabase database, StringBuilder report) {
        this.database = database;
        this.report = report;
    }

    /**
     * Measures.
     *
     * @param arguments file of the results; directory of the embedded database; names of kinds, if
     *     not all
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        StringBuilder report = new StringBuilder();
        List<String> kinds = Arrays.asList(arguments).subList(2, arguments.length);
        if (kinds.isEmpty() || kinds.contains("h2")) {
            measure("H2", new HistorySource.Embedded(Path.of(arguments[1])), report);
        }
        if (kinds.isEmpty() || kinds.contains("postgresql")) {
            try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
                String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort());
                measure("PostgreSQL", new HistorySource.Server(url, "postgres", ""), report);
            }
        }
        Files.writeString(Path.of(arguments[0]), report);
        System.out.print(report);
    }

    private static void measure(String name, HistorySource source, StringBuilder report)
            throws IOException, SQLException {
        HistorySettings settings =
                new HistorySettings(source, Duration.ofDays(1), Long.MAX_VALUE, Long.MAX_VALUE);
        try (HistoryDatabase database = new HistoryDatabase(settings)) {
            report.append("## %s, %,d messages%n%n".formatted(name, MESSAGES));
            SearchBench bench = new SearchBench(database, report);
            bench.fill();
            bench.search();
            bench.explain();
        }
    }

    private void fill() throws SQLException {
        Random random = new Random(1);
        long begun = System.nanoTime();
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            for (int first = 0; first < MESSAGES; first += BATCH) {
                List<MessageRow> rows = new ArrayList<>(BATCH);
                for (int i = first; i < first + BATCH; i++) {
                    rows.add(MessageRow.of(message(i, random), List.of()));
                }
                database.kind().insert(connection, MessageRow.rows(rows));
                connection.commit();
            }
            connection.setAutoCommit(true);
            if (database.kind() == DatabaseKind.POSTGRESQL) {
                execute(connection, "analyze message"); // what waits for the index stays there
            }
        }
        report.append(
                "Written in %.0f µs each, in batches of %,d.%n%n"
                        .formatted((System.nanoTime() - begun) / 1e3 / MESSAGES, BATCH));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Of 20,000 connections from 200 devices to 8 listeners; one of a thousand has failed. */
    private static RecordedMessage message(int number, Random random) {
        boolean isFailed = number % 1_000 == 999;
        String connection = "bench-" + number / 50;
        String id = connection + "." + (number % 50 + 1);
        byte[] content = content(number, random);
        InetSocketAddress peer =
                InetSocketAddress.createUnresolved(
                        "10.0.%d.%d".formatted(number / 50 % 8, number / 50 % 200),
                        30_000 + number / 50 % 30_000);
        MessageRecord facts =
                new MessageRecord(
                        number + 1L,
                        id,
                        "",
                        connection,
                        "listener-" + number / 50 % 8,
                        peer,
                        content.length,
                        BEGIN.plusMillis(number),
                        Duration.ofNanos(20_000),
                        Duration.ofNanos(50_000),
                        Duration.ofMillis(random.nextInt(20)),
                        isFailed ? 6 : 1,
                        isFailed ? Outcome.FAILED : Outcome.DELIVERED,
                        isFailed ? "DMG3001 IllegalStateException: order " + number : null,
                        false,
                        null,
                        null,
                        null);
        return new RecordedMessage(
                facts, new MessageContent(id, ByteBuffer.wrap(content), content.length, "UTF-8"));
    }

    /** HL7 as a hospital sends it: names and places come again, numbers and times do not. */
    private static byte[] content(int number, Random random) {
        String time = HL7_TIME.format(BEGIN.plusMillis(number));
        return String.join(
                        "\r",
                        "MSH|^~\\&|LAB|WEST|HIS|HOSP|%s||ADT^A01|%d|P|2.5".formatted(time, number),
                        "EVN|A01|" + time,
                        "PID|1||%08d^^^HOSP^MR||%s^%s||19%02d%02d%02d|%s"
                                .formatted(
                                        random.nextInt(100_000_000),
                                        one(random, FAMILIES),
                                        one(random, GIVEN),
                                        random.nextInt(100),
                                        1 + random.nextInt(12),
                                        1 + random.nextInt(28),
                                        random.nextBoolean() ? "F" : "M"),
                        "PV1|1|I|WARD%02d^%03d^%d|||%05d^%s"
                                .formatted(
                                        random.nextInt(20),
                                        random.nextInt(400),
                                        1 + random.nextInt(3),
                                        random.nextInt(500),
                                        one(random, FAMILIES)),
                        "OBX|1|NM|718-7^HEMOGLOBIN||%d.%d|g/dL|12.0-16.0|N|||F|||%s"
                                .formatted(8 + random.nextInt(9), random.nextInt(10), time),
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A thousand. */
    private static List<String> families() {
        List<String> syllables =
                List.of("AB", "BER", "CHO", "DIN", "ECK", "FAL", "GRU", "HOF", "ING", "JAN");
        return syllables.stream()
                .flatMap(a -> syllables.stream().map(b -> a + b))
                .flatMap(ab -> syllables.stream().map(c -> ab + c))
                .toList();
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Map<String, MessageSearch> searches() {
        Map<String, MessageSearch> searches = new LinkedHashMap<>();
        searches.put("all", MessageSearch.ALL);
        Instant middle = BEGIN.plusMillis(MESSAGES / 2);
        searches.put("until a time", wanted().until(middle).build());
        searches.put(
                "an hour",
                wanted().from(middle.minusSeconds(60)).until(middle).minSize(1L).build());
        searches.put("listener", wanted().listener("listener-3").build());
        searches.put("outcome FAILED", wanted().outcome(Outcome.FAILED).build());
        searches.put("outcome DELIVERED", wanted().outcome(Outcome.DELIVERED).build());
        searches.put(
                "listener and FAILED",
                wanted().listener("listener-3").outcome(Outcome.FAILED).build());
        searches.put("connection", wanted().connection("bench-100").build());
        searches.put("peer, of one of 200", wanted().peer("10.0.3.123").build());
        searches.put("peer, unknown", wanted().peer("10.9.9.9").build());
        searches.put("error, of all that failed", wanted().error("illegalstate").build());
        searches.put("error, one", wanted().error("order 1999").build());
        searches.put("text, in every content", wanted().text("adt^a01").build());
        searches.put("text, in one content", wanted().text("|adt^a01|4711|").build());
        searches.put("text, in none", wanted().text("zzzz-nowhere").build());
        searches.put("larger than any", wanted().minSize(1_000L).build());
        searches.put("6 deliveries", wanted().minAttempts(6).build());
        searches.put("longer than 19 ms", wanted().minDuration(Duration.ofMillis(19)).build());
        searches.put(
                "listener, text, time",
                wanted().listener("listener-3").text("adt").until(middle).build());
        return searches;
    }

    private static MessageSearch.Builder wanted() {
        return new MessageSearch.Builder();
    }

    private void search() {
        report.append(
                "| search | found | looked at all | first, ms | longest of the next, ms |%n"
                        .formatted());
        report.append("|---|---:|---|---:|---:|%n".formatted());
        searches().forEach((name, wanted) -> search(name, wanted, null));
        MessagePlace deep = new MessagePlace(Times.nanos(BEGIN.plusMillis(MESSAGES / 20)), 0);
        search("all, page " + MESSAGES / PAGE * 19 / 20, MessageSearch.ALL, deep);
        report.append("%n".formatted());
    }

    /** Which indexes are taken, as the database says. */
    private void explain() throws SQLException {
        long middle = Times.nanos(BEGIN.plusMillis(MESSAGES / 2));
        String order = " order by ended_at desc, row_id desc limit 51";
        List<String> where =
                new ArrayList<>(
                        List.of(
                                "ended_at <= %d%s".formatted(middle, order),
                                "listener = 'listener-3' and ended_at <= %d order by listener, ended_at desc, row_id desc limit 51"
                                        .formatted(middle),
                                "outcome = 'FAILED' order by outcome, ended_at desc, row_id desc limit 51",
                                "connection_id = 'bench-100' order by connection_id, ended_at desc, row_id desc limit 51",
                                "message_id = 'bench-100.7'"));
        if (database.kind().findsParts()) {
            String byEnd = " order by ended_at + 0 desc, row_id desc limit 51";
            for (String column : List.of("text", "error", "peer")) {
                where.add(
                        "lower(%s) like '%%4711%%' and ended_at <= %d%s"
                                .formatted(column, middle, byEnd));
            }
        }
        report.append("```%n".formatted());
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String one : where) {
                report.append("... where %s%n".formatted(one));
                try (ResultSet plan =
                        statement.executeQuery("explain select row_id from message where " + one)) {
                    while (plan.next()) {
                        report.append(plan.getString(1).indent(4));
                    }
                }
            }
        }
        report.append("```%n%n".formatted());
    }

    private void search(String name, MessageSearch wanted, @Nullable MessagePlace after) {
        double first = 0;
        double longest = 0;
        FoundMessages found = new FoundMessages(List.of(), null, false);
        for (int i = 0; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            found =
                    database.read(
                            manager ->
                                    new MessageFinder(
                                                    manager,
                                                    database.kind(),
                                                    wanted,
                                                    database.kind().searchTime())
                                            .find(after, PAGE));
            double took = (System.nanoTime() - begun) / 1e6;
            if (i == 0) {
                first = took;
            } else {
                longest = Math.max(longest, took);
            }
        }
        report.append(
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %s | %.0f | %.0f |%n",
                        name,
                        found.messages().size(),
                        found.isFull() || found.next() == null ? "yes" : "no, time",
                        first,
                        longest));
    }
}
