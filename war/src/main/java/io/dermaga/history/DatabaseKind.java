package io.dermaga.history;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The databases that a history can be kept in, and what each does in its own way. */
enum DatabaseKind {
    /** Batches of inserts; parts of texts are found by looking at all. */
    H2(false, Duration.ofMillis(500), "varchar(1048576)", "varbinary(1048576)") {
        @Override
        void insert(Connection connection, Rows rows) throws SQLException {
            String marks = String.join(", ", Collections.nCopies(rows.columns().size(), "?"));
            String sql =
                    "insert into %s (%s) values (%s)".formatted(rows.table(), list(rows), marks);
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                for (List<@Nullable Object> values : rows.values()) {
                    for (int i = 0; i < values.size(); i++) {
                        insert.setObject(i + 1, values.get(i));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    },

    /** Copies rows in its text format; parts of texts are found by trigrams. */
    POSTGRESQL(true, Duration.ofMillis(250), "text", "bytea") {
        @Override
        void insert(Connection connection, Rows rows) throws SQLException {
            String sql = "copy %s (%s) from stdin".formatted(rows.table(), list(rows));
            String text =
                    rows.values().stream().map(DatabaseKind::copied).collect(Collectors.joining());
            // whoever fills the list of an index merges it, faster if it fits into memory
            Sql.execute(connection, "set local work_mem = '64MB'");
            try {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(sql, new StringReader(text));
            } catch (IOException gone) {
                throw new SQLException(gone.getMessage(), gone);
            }
        }
    };

    private final boolean findsParts;
    private final Duration searchTime;
    private final String text;
    private final String bytes;

    /**
     * @param text its type for long texts
     * @param bytes its type for long contents
     */
    DatabaseKind(boolean findsParts, Duration searchTime, String text, String bytes) {
        this.findsParts = findsParts;
        this.searchTime = searchTime;
        this.text = text;
        this.bytes = bytes;
    }

    /** Whether an index finds parts of texts. */
    boolean findsParts() {
        return findsParts;
    }

    /** After which a search ends with what it has found. */
    Duration searchTime() {
        return searchTime;
    }

    /**
     * What is to be inserted.
     *
     * @param values a list for each row, in the order of the columns: texts, numbers, booleans,
     *     bytes, null
     */
    record Rows(String table, List<String> columns, List<List<@Nullable Object>> values) {}

    /**
     * What a connection leads to.
     *
     * @throws SQLException DMG4203 if it is another database
     */
    static DatabaseKind of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                    throw new SQLException(
                            "DMG4203 the database of the history is '%s', allowed: H2, PostgreSQL"
                                    .formatted(product));
        };
    }

    /** Where its schema is: what all have, and its own indexes. */
    String[] migrations() {
        String directory = "classpath:io/dermaga/history/migration/";
        return new String[] {directory + "common", directory + name().toLowerCase(Locale.ROOT)};
    }

    /** Its names for types that the schema leaves open. */
    Map<String, String> types() {
        return Map.of("text", text, "bytes", bytes);
    }

    /** Inserts rows in the caller's transaction. */
    abstract void insert(Connection connection, Rows rows) throws SQLException;

    private static String list(Rows rows) {
        return String.join(", ", rows.columns());
    }

    /** A line of PostgreSQL's COPY, text format (PostgreSQL manual, COPY, "Text Format"). */
    private static String copied(List<@Nullable Object> row) {
        return row.stream()
                .map(DatabaseKind::copiedValue)
                .collect(Collectors.joining("\t", "", "\n"));
    }

    private static String copiedValue(@Nullable Object value) {
        if (value == null) {
            return "\\N";
        }
        String text =
                value instanceof byte[] bytes
                        ? "\\x" + HexFormat.of().formatHex(bytes)
                        : value.toString();
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
