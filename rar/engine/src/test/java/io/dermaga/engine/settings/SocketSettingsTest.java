package io.dermaga.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings of sockets, and which of them go together. */
class SocketSettingsTest {

    @Test
    void what_is_not_given_is_left_to_the_system() {
        SocketSettings socket = new SettingsUnderTest().listener().socket();
        assertThat(socket.keepAlive())
                .isEqualTo(new SocketSettings.KeepAlive(true, null, null, null));
        assertThat(socket.receiveBuffer()).isNull();
        assertThat(socket.sendBuffer()).isNull();
        assertThat(socket.linger()).isNull();
        assertThat(socket.reuseAddress()).isTrue();
    }

    @Test
    void several_hosts_are_separated_by_commas() {
        SettingsUnderTest settings =
                new SettingsUnderTest().activation(Setting.HOST, " 127.0.0.1 , ::1");
        assertThat(settings.listener().hosts()).containsExactly("127.0.0.1", "::1");
        assertThat(settings.effective(Setting.HOST).value()).isEqualTo("127.0.0.1,::1");
    }

    @Test
    void every_address_is_no_one_among_others() {
        assertThat(new SettingsUnderTest().activation(Setting.HOST, "0.0.0.0,::1").problems())
                .singleElement()
                .asString()
                .endsWith("allowed: 0.0.0.0 or :: alone, since it stands for every address");
    }

    @Test
    void ipv6_only_is_refused_with_an_ipv4_address() {
        assertThat(new SettingsUnderTest().activation(Setting.IPV6_ONLY, "true").problems())
                .singleElement()
                .asString()
                .contains("property 'ipv6Only'", "since host has an IPv4 address");
    }

    @Test
    void what_connects_is_read_as_a_whole() {
        assertThat(connecting(Map.of(Setting.RECONNECT_MAX, "5s")).listener().dialing())
                .isEqualTo(
                        new DialSettings(
                                1,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5)));
        assertThat(new SettingsUnderTest().listener().dialing()).isNull();
    }

    @Test
    void what_only_a_listening_socket_has_is_refused_where_this_side_connects() {
        assertThat(
                        connecting(
                                        Map.of(
                                                Setting.HOST, "0.0.0.0",
                                                Setting.PORT, "0",
                                                Setting.CONNECTIONS, "3",
                                                Setting.MAX_CONNECTIONS, "2",
                                                Setting.RECONNECT_MIN, "31s",
                                                Setting.PROXY_FROM, "10.0.0.1",
                                                Setting.REUSE_PORT, "true"))
                                .problems())
                .hasSize(6)
                .anyMatch(one -> one.contains("'host'") && one.endsWith("needed with mode=CONNECT"))
                .anyMatch(one -> one.contains("'port'") && one.endsWith("since mode=CONNECT"))
                .anyMatch(one -> one.contains("'connections'") && one.endsWith("maxConnections=2"))
                .anyMatch(one -> one.contains("'reconnectMin'") && one.endsWith("reconnectMax=30s"))
                .anyMatch(one -> one.contains("'proxyFrom'"))
                .anyMatch(one -> one.contains("'reusePort'"));
    }

    private static SettingsUnderTest connecting(Map<Setting, String> others) {
        SettingsUnderTest settings =
                new SettingsUnderTest()
                        .activation(Setting.MODE, "CONNECT")
                        .activation(Setting.HOST, "peer.example");
        others.forEach(settings::activation);
        return settings;
    }
}
