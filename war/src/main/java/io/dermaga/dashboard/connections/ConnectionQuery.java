package io.dermaga.dashboard.connections;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.dashboard.connections.Bound.Limit;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Servlets;

/**
 * What a reader looks at among the open connections, as an address has it:
 *
 * <pre>
 *  q=10.0&amp;state=OPEN&amp;tls=yes&amp;minRead=1MiB&amp;maxIdle=5m&amp;sort=-read&amp;column=remote&amp;column=read&amp;rows=50&amp;page=2
 * </pre>
 *
 * @param sort null: the newest first
 * @param columns that are shown, in their own order
 * @param page from 1
 */
public record ConnectionQuery(
        ConnectionFilter filter,
        @Nullable ConnectionColumn sort,
        boolean descending,
        List<ConnectionColumn> columns,
        int rows,
        int page)
        implements Serializable {

    /** How many rows a page may have; the first unless another is chosen. */
    public static final List<Integer> ROWS = List.of(25, 50, 100);

    private static final int MOST_PAGES = 1_000_000;

    private static final Comparator<ConnectionSnapshot> NEWEST_FIRST =
            Comparator.comparing(ConnectionSnapshot::openedAt)
                    .reversed()
                    .thenComparing(ConnectionSnapshot::id);

    /**
     * Reads the parameters of an address; others than these are left out.
     *
     * @throws IllegalArgumentException with what was given, if it cannot be read
     */
    public static ConnectionQuery of(Map<String, List<String>> given) {
        String sort = text(given, "sort");
        boolean descending = sort != null && sort.startsWith("-");
        String column = sort != null && descending ? sort.substring(1) : sort;
        return new ConnectionQuery(
                new ConnectionFilter(
                        text(given, "q"),
                        text(given, "listener"),
                        text(given, "peer"),
                        parsed(text(given, "state"), ConnectionState::valueOf),
                        parsed(text(given, "hold"), Hold::valueOf),
                        parsed(text(given, "tls"), ConnectionQuery::yes),
                        bounds(given)),
                parsed(column, ConnectionColumn::of),
                descending,
                columns(given.getOrDefault("column", List.of())),
                or(parsed(text(given, "rows"), ConnectionQuery::rows), ROWS.get(0)),
                or(parsed(text(given, "page"), ConnectionQuery::page), 1));
    }

    /** All connections. */
    public static ConnectionQuery all() {
        return of(Map.of());
    }

    private static int or(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private static @Nullable String text(Map<String, List<String>> given, String name) {
        String value = given.getOrDefault(name, List.of()).stream().findFirst().orElse("").strip();
        return value.isEmpty() ? null : value;
    }

    private static <T> @Nullable T parsed(@Nullable String text, Function<String, T> parser) {
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(text, unreadable);
        }
    }

    private static Boolean yes(String given) {
        return switch (given) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException(given);
        };
    }

    private static Integer rows(String given) {
        Integer rows = Integer.valueOf(given);
        if (!ROWS.contains(rows)) {
            throw new IllegalArgumentException(given);
        }
        return rows;
    }

    private static Integer page(String given) {
        int page = Integer.parseInt(given);
        if (page < 1 || page > MOST_PAGES) {
            throw new IllegalArgumentException(given);
        }
        return page;
    }

    private static List<ConnectionColumn> columns(List<String> given) {
        Set<ConnectionColumn> chosen = new LinkedHashSet<>();
        for (String one : given) {
            ConnectionColumn column = parsed(one.strip(), ConnectionColumn::of);
            if (column != null) {
                chosen.add(column);
            }
        }
        return chosen.isEmpty() ? ConnectionColumn.SHOWN : chosen.stream().sorted().toList();
    }

    private static List<Bound> bounds(Map<String, List<String>> given) {
        List<Bound> bounds = new ArrayList<>();
        for (ConnectionColumn column : ConnectionColumn.NUMBERS) {
            Limit least = limit(column, text(given, column.getLeast()));
            Limit most = limit(column, text(given, column.getMost()));
            if (least != null || most != null) {
                bounds.add(new Bound(column, least, most));
            }
        }
        return bounds;
    }

    private static @Nullable Limit limit(ConnectionColumn column, @Nullable String given) {
        Measure measure = column.getMeasure();
        return measure == null ? null : parsed(given, text -> new Limit(text, measure.parse(text)));
    }

    /** A page of those that are meant. */
    public FoundConnections find(List<ConnectionSnapshot> open, Instant now) {
        List<ConnectionSnapshot> meant =
                open.stream().filter(one -> filter.admits(one, now)).sorted(order()).toList();
        int pages = Math.max(1, (meant.size() + rows - 1) / rows);
        int shown = Math.min(page, pages);
        int first = (shown - 1) * rows;
        return new FoundConnections(
                List.copyOf(meant.subList(first, Math.min(meant.size(), first + rows))),
                meant.size(),
                open.size(),
                shown,
                pages);
    }

    private Comparator<ConnectionSnapshot> order() {
        if (sort == null) {
            return NEWEST_FIRST;
        }
        Comparator<ConnectionSnapshot> order = sort.order();
        return (descending ? order.reversed() : order).thenComparing(NEWEST_FIRST);
    }

    /** The same sorted by a column; by the one that it is sorted by, the other way round. */
    public ConnectionQuery sortedBy(ConnectionColumn column) {
        boolean turned = column == sort ? !descending : column.isNumber();
        return new ConnectionQuery(filter, column, turned, columns, rows, 1);
    }

    /** Another page of the same. */
    public ConnectionQuery atPage(int number) {
        return new ConnectionQuery(filter, sort, descending, columns, rows, number);
    }

    /** Its address: nothing of what holds anyway, and what means the same is the same text. */
    @Override
    public String toString() {
        return Servlets.toQueryString(parameters());
    }

    private Map<String, List<String>> parameters() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        put(all, "q", filter.text());
        put(all, "listener", filter.listener());
        put(all, "peer", filter.peer());
        put(all, "state", filter.state());
        put(all, "hold", filter.hold());
        if (filter.encrypted() != null) {
            put(all, "tls", filter.encrypted() ? "yes" : "no");
        }
        for (Bound bound : filter.bounds()) {
            put(
                    all,
                    bound.column().getLeast(),
                    bound.least() == null ? null : bound.least().text());
            put(all, bound.column().getMost(), bound.most() == null ? null : bound.most().text());
        }
        if (sort != null) {
            put(all, "sort", (descending ? "-" : "") + sort.getKey());
        }
        if (!columns.equals(ConnectionColumn.SHOWN)) {
            all.put("column", columns.stream().map(ConnectionColumn::getKey).toList());
        }
        put(all, "rows", rows == ROWS.get(0) ? null : rows);
        put(all, "page", page == 1 ? null : page);
        return all;
    }

    private static void put(Map<String, List<String>> all, String name, @Nullable Object value) {
        if (value != null) {
            all.put(name, List.of(value.toString()));
        }
    }

    /** Whether a number is bounded. */
    public boolean isBounded() {
        return !filter.bounds().isEmpty();
    }

    /** The value of a parameter, for a field; empty if it is not given. */
    public String value(String name) {
        return parameters().getOrDefault(name, List.of("")).get(0);
    }
}
