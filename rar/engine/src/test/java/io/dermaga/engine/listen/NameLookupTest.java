package io.dermaga.engine.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dermaga.engine.listen.NameLookup.Found;
import io.dermaga.engine.listen.NameLookup.UnknownNameException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where names are looked up. */
@SuppressWarnings("AddressSelection") // of addresses, not of names
class NameLookupTest {

    @Test
    void an_address_needs_no_thread_and_a_name_has_one_of_its_own() throws Exception {
        try (NameLookup names = new NameLookup()) {
            assertThat(names.all(List.of("127.0.0.1", "::1"))).isCompleted();
            String thread =
                    names.all(List.of("localhost"))
                            .thenApply(found -> Thread.currentThread().getName())
                            .get(30, TimeUnit.SECONDS);
            assertThat(names.all(List.of("localhost")).get(30, TimeUnit.SECONDS))
                    .allMatch(one -> one.address().isLoopbackAddress());
            assertThat(thread)
                    .matches(
                            name ->
                                    name.startsWith("dermaga-names-")
                                            || name.equals(Thread.currentThread().getName()));
        }
    }

    @Test
    void where_only_ipv6_is_wanted_another_address_does_not_count() throws Exception {
        Found four = new Found("host", InetAddress.getByName("127.0.0.1"));
        Found six = new Found("host", InetAddress.getByName("::1"));
        List<String> hosts = List.of("host");
        assertThat(NameLookup.firsts(hosts, List.of(four, six), false)).containsExactly(four);
        assertThat(NameLookup.firsts(hosts, List.of(four, six), true)).containsExactly(six);
        assertThatExceptionOfType(UnknownNameException.class)
                .isThrownBy(() -> NameLookup.firsts(hosts, List.of(four), true))
                .withMessage("host");
    }
}
