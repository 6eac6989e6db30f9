package io.dermaga.dashboard.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionSnapshot.TlsFacts;
import io.dermaga.api.monitor.ConnectionState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionQueryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private static final TlsFacts TLS =
            new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", "CN=till", "shop.example", null);

    /** Four connections, the newest first. */
    private static final List<ConnectionSnapshot> OPEN =
            List.of(
                    connection("d", "orders", "10.0.0.10", 5, ConnectionState.OPEN, Set.of(), null),
                    connection(
                            "c",
                            "orders",
                            "10.0.0.9",
                            4_000,
                            ConnectionState.HALF_CLOSED,
                            Set.of(),
                            null),
                    connection(
                            "b",
                            "billing",
                            "10.0.0.7",
                            200_000,
                            ConnectionState.OPEN,
                            Set.of(Hold.LANE, Hold.OPERATOR),
                            null),
                    connection("a", "billing", "::1", 70_000, ConnectionState.OPEN, Set.of(), TLS));

    private static ConnectionSnapshot connection(
            String id,
            String listener,
            String host,
            long read,
            ConnectionState state,
            Set<Hold> holds,
            @Nullable TlsFacts tls) {
        Duration age = Duration.ofMinutes('e' - id.charAt(0));
        return new ConnectionSnapshot(
                id,
                listener,
                new InetSocketAddress(host, 50_000),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 9_000),
                state,
                holds,
                NOW.minus(age),
                NOW.minusSeconds(read % 7),
                read,
                0,
                1,
                0,
                0,
                0,
                0,
                0,
                tls,
                null);
    }

    private static ConnectionQuery query(String text) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                given.computeIfAbsent(parts[0], name -> new ArrayList<>())
                        .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return ConnectionQuery.of(given);
    }

    private static String ids(FoundConnections found) {
        return String.join("", found.rows().stream().map(ConnectionSnapshot::id).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "'', dcba",
        "q=10.0.0, dcb",
        "q=ORDERS, dc",
        "q=operator, b",
        "q=shop.EXAMPLE, a",
        "q=gcm, a",
        "q=9000, dcba",
        "q=nobody, ''",
        "listener=bill, ba",
        "peer=0.0.1, d",
        "state=HALF_CLOSED, c",
        "hold=LANE, b",
        "tls=yes, a",
        "tls=no, dcb",
        "minRead=4000, cba",
        "minRead=4KiB, ba",
        "minRead=4KiB&maxRead=100KiB, a",
        "minAge=3m, ba",
        "maxAge=90s, d",
        "q=10&state=OPEN&minRead=1KiB, b",
        "sort=read, dcab",
        "sort=-read, bacd",
        "sort=-age, abcd",
        "sort=remote, abcd",
        "sort=listener, badc",
        "sort=state, dbac",
    })
    void connections_are_found_by_anything_and_sorted_by_any_column(String asked, String ids) {
        assertThat(ids(query(asked).find(OPEN, NOW))).isEqualTo(ids);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "q=a+b%26c&listener=x&peer=10.0.0.7&state=OPEN&hold=BEAN&tls=no&minRead=64KiB&maxAge=5m&sort=-inFlight&column=state&column=age&rows=100&page=3",
                "sort=remote"
            })
    void an_address_is_the_same_after_it_was_read(String address) {
        assertThat(query(address)).hasToString(address);
    }

    @Test
    void what_holds_anyway_is_not_in_the_address() {
        String columns =
                String.join(
                        "",
                        ConnectionColumn.SHOWN.stream()
                                .map(column -> "&column=" + column.getKey())
                                .toList());

        assertThat(query("q=+&listener=&rows=25&page=1&sort=&jakarta.faces.ViewState=1" + columns))
                .hasToString("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=open",
                "tls=maybe",
                "minRead=many",
                "minAge=5",
                "maxPayloads=1KiB",
                "sort=colour",
                "column=colour",
                "rows=1000000",
                "page=0",
                "page=99999999999"
            })
    void what_cannot_be_read_is_refused_with_what_was_given(String address) {
        String given = address.substring(address.indexOf('=') + 1);

        assertThatThrownBy(() -> query(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(given);
    }

    @Test
    void a_page_that_there_is_no_more_is_the_last_one() {
        List<ConnectionSnapshot> many =
                IntStream.range(0, 60).mapToObj(i -> OPEN.get(i % OPEN.size())).toList();

        FoundConnections found = query("page=7").find(many, NOW);

        assertThat(List.of(found.page(), found.pages(), found.count(), found.of()))
                .isEqualTo(List.of(3, 3, 60, 60));
        assertThat(found.rows()).hasSize(10);
        assertThat(query("q=nobody&page=2").find(many, NOW))
                .isEqualTo(new FoundConnections(List.of(), 0, 60, 1, 1));
    }

    @Test
    void sorting_by_a_number_begins_with_the_largest_and_turns() {
        ConnectionQuery once = query("q=10&page=2").sortedBy(ConnectionColumn.READ);

        assertThat(once).hasToString("q=10&sort=-read");
        assertThat(once.sortedBy(ConnectionColumn.READ)).hasToString("q=10&sort=read");
        assertThat(once.sortedBy(ConnectionColumn.LISTENER)).hasToString("q=10&sort=listener");
    }

    @Test
    void no_column_and_no_parameter_has_the_name_of_another() {
        List<String> names =
                Arrays.stream(ConnectionColumn.values())
                        .flatMap(
                                column ->
                                        List.of(
                                                column.getKey(),
                                                column.getLeast(),
                                                column.getMost())
                                                .stream())
                        .toList();

        assertThat(names).doesNotHaveDuplicates();
    }
}
