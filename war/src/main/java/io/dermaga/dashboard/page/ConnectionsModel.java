package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.dashboard.text.Format;
import io.dermaga.monitor.ConnectedMonitor;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;
import org.primefaces.model.SortOrder;

/** The open connections, filtered and sorted here, of which one page at a time is rendered. */
final class ConnectionsModel extends LazyDataModel<ConnectionSnapshot> {

    private static final Map<String, Function<ConnectionSnapshot, String>> TEXTS =
            Map.of(
                    "id",
                    ConnectionSnapshot::id,
                    "state",
                    connection -> connection.state().name(),
                    "remote",
                    connection -> Format.address(connection.remoteAddress()),
                    "local",
                    connection -> Format.address(connection.localAddress()),
                    "listener",
                    ConnectionSnapshot::listener,
                    "holds",
                    ConnectionsModel::holds);

    private static final Map<String, Comparator<ConnectionSnapshot>> ORDERS =
            Map.ofEntries(
                    Map.entry("state", Comparator.comparing(ConnectionSnapshot::state)),
                    Map.entry("remote", Comparator.comparing(TEXTS.get("remote"))),
                    Map.entry("local", Comparator.comparing(TEXTS.get("local"))),
                    Map.entry("listener", Comparator.comparing(ConnectionSnapshot::listener)),
                    Map.entry("read", Comparator.comparingLong(ConnectionSnapshot::bytesRead)),
                    Map.entry(
                            "written", Comparator.comparingLong(ConnectionSnapshot::bytesWritten)),
                    Map.entry("payloads", Comparator.comparingLong(ConnectionSnapshot::payloads)),
                    Map.entry("inFlight", Comparator.comparingLong(ConnectionSnapshot::inFlight)),
                    Map.entry("kernel", Comparator.comparingLong(ConnectionSnapshot::kernelBytes)),
                    Map.entry("holds", Comparator.comparing(ConnectionsModel::holds)),
                    // the older, the larger the age
                    Map.entry("age", Comparator.comparing(ConnectionSnapshot::openedAt).reversed()),
                    Map.entry(
                            "idle",
                            Comparator.comparing(ConnectionSnapshot::lastReadAt).reversed()));

    private static final Comparator<ConnectionSnapshot> NEWEST_FIRST =
            Comparator.comparing(ConnectionSnapshot::openedAt)
                    .reversed()
                    .thenComparing(ConnectionSnapshot::id);

    private final transient ConnectedMonitor monitor;

    ConnectionsModel(ConnectedMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public int count(Map<String, FilterMeta> filterBy) {
        return filtered(filterBy).size();
    }

    @Override
    public List<ConnectionSnapshot> load(
            int first,
            int pageSize,
            Map<String, SortMeta> sortBy,
            Map<String, FilterMeta> filterBy) {
        return filtered(filterBy).stream()
                .sorted(order(sortBy))
                .skip(first)
                .limit(pageSize)
                .toList();
    }

    @Override
    public String getRowKey(ConnectionSnapshot connection) {
        return connection.id();
    }

    private List<ConnectionSnapshot> filtered(Map<String, FilterMeta> filterBy) {
        List<FilterMeta> filters = filterBy.values().stream().filter(FilterMeta::isActive).toList();
        return monitor.ask(Monitor::connections).orElse(List.of()).stream()
                .filter(connection -> filters.stream().allMatch(by -> matches(connection, by)))
                .toList();
    }

    private static boolean matches(ConnectionSnapshot connection, FilterMeta filter) {
        String wanted = String.valueOf(filter.getFilterValue()).trim().toLowerCase(Locale.ROOT);
        if (filter.isGlobalFilter()) {
            return TEXTS.values().stream()
                    .anyMatch(text -> contains(text.apply(connection), wanted));
        }
        if ("state".equals(filter.getField())) {
            return connection.state().name().equalsIgnoreCase(wanted);
        }
        Function<ConnectionSnapshot, String> text = TEXTS.get(filter.getField());
        return text == null || contains(text.apply(connection), wanted);
    }

    private static boolean contains(String text, String wanted) {
        return text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static Comparator<ConnectionSnapshot> order(Map<String, SortMeta> sortBy) {
        return sortBy.values().stream()
                .filter(SortMeta::isActive)
                .sorted()
                .map(ConnectionsModel::order)
                .reduce(Comparator::thenComparing)
                .map(chosen -> chosen.thenComparing(NEWEST_FIRST))
                .orElse(NEWEST_FIRST);
    }

    private static Comparator<ConnectionSnapshot> order(SortMeta by) {
        Comparator<ConnectionSnapshot> order = ORDERS.getOrDefault(by.getField(), NEWEST_FIRST);
        return by.getOrder() == SortOrder.DESCENDING ? order.reversed() : order;
    }

    private static String holds(ConnectionSnapshot connection) {
        return connection.holds().stream()
                .map(Enum::name)
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
