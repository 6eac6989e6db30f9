package io.dermaga.engine.settings;

import io.dermaga.engine.settings.SettingValues.Given;
import io.dermaga.engine.settings.SocketSettings.KeepAlive;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the settings of sockets: where they are, how they are made, their options. */
final class SocketReader {

    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");
    private static final int MOST_HOSTS = 64;
    private static final long LEAST_KEEP_ALIVE_MILLIS = 1000;
    private static final long MOST_KEEP_ALIVE_MILLIS = 32_400_000;

    private final SettingValues values;

    SocketReader(SettingValues values) {
        this.values = values;
    }

    List<String> hosts() {
        Given given = values.given(Setting.HOST);
        List<String> hosts = Arrays.stream(given.text().split(",", -1)).map(String::strip).toList();
        if (hosts.contains("")
                || hosts.size() > MOST_HOSTS
                || new HashSet<>(hosts).size() < hosts.size()) {
            values.problem(Setting.HOST, given, Setting.HOST.allowed());
        }
        values.keep(Setting.HOST, given, String.join(",", hosts));
        return hosts;
    }

    SocketSettings options() {
        return new SocketSettings(
                values.number(Setting.BACKLOG, 1, 65535),
                values.flag(Setting.NO_DELAY),
                keepAlive(),
                values.flag(Setting.ALLOW_HALF_OPEN),
                values.flag(Setting.PAUSE_ON_CONNECT),
                values.flag(Setting.REUSE_ADDRESS),
                values.flag(Setting.REUSE_PORT),
                values.flag(Setting.IPV6_ONLY),
                buffer(Setting.RECEIVE_BUFFER),
                buffer(Setting.SEND_BUFFER),
                seconds(Setting.LINGER, 1000, 60_000),
                values.number(Setting.TRAFFIC_CLASS, 0, 255));
    }

    private KeepAlive keepAlive() {
        return new KeepAlive(
                values.flag(Setting.KEEP_ALIVE),
                seconds(Setting.KEEP_ALIVE_IDLE, LEAST_KEEP_ALIVE_MILLIS, MOST_KEEP_ALIVE_MILLIS),
                seconds(
                        Setting.KEEP_ALIVE_INTERVAL,
                        LEAST_KEEP_ALIVE_MILLIS,
                        MOST_KEEP_ALIVE_MILLIS),
                values.isGiven(Setting.KEEP_ALIVE_COUNT)
                        ? values.number(Setting.KEEP_ALIVE_COUNT, 1, 127)
                        : null);
    }

    private @Nullable DataSize buffer(Setting setting) {
        return values.isGiven(setting) ? values.size(setting, "4KiB", "1GiB") : null;
    }

    /** What the kernel takes in seconds; null if nothing is given. */
    private @Nullable Duration seconds(Setting setting, long leastMillis, long mostMillis) {
        if (!values.isGiven(setting)) {
            return null;
        }
        Duration value = values.duration(setting, leastMillis, mostMillis);
        if (value.toMillisPart() != 0) {
            values.problem(setting, values.given(setting), setting.allowed());
        }
        return value;
    }

    /** How connections are made; null: they are not. */
    @Nullable DialSettings dialing() {
        ListenerMode mode = values.choice(Setting.MODE, ListenerMode.class);
        DialSettings dialing =
                new DialSettings(
                        values.number(Setting.CONNECTIONS, 1, 1000),
                        values.duration(Setting.CONNECT_TIMEOUT, 100, 600_000),
                        values.duration(Setting.RECONNECT_MIN, 100, 3_600_000),
                        values.duration(Setting.RECONNECT_MAX, 100, 86_400_000));
        if (dialing.reconnectMin().compareTo(dialing.reconnectMax()) > 0) {
            values.problem(
                    Setting.RECONNECT_MIN,
                    values.given(Setting.RECONNECT_MIN),
                    "at most reconnectMax=" + Durations.format(dialing.reconnectMax()));
        }
        return mode == ListenerMode.CONNECT ? dialing : null;
    }

    /** The settings; what of them does not fit together is said. */
    ListenerSettings checked(ListenerSettings settings) {
        List<String> hosts = settings.hosts();
        boolean wildcard = hosts.contains("0.0.0.0") || hosts.contains("::");
        if (wildcard && hosts.size() > 1) {
            refuse(Setting.HOST, "0.0.0.0 or :: alone, since it stands for every address");
        }
        if (settings.socket().ipv6Only() && hosts.stream().anyMatch(SocketReader::isIpv4)) {
            refuse(Setting.IPV6_ONLY, "false, since host has an IPv4 address");
        }
        DialSettings dialing = settings.dialing();
        if (dialing != null) {
            if (wildcard) {
                refuse(Setting.HOST, "addresses or names of peers, needed with mode=CONNECT");
            }
            checkDialing(settings, dialing);
        }
        return settings;
    }

    private void checkDialing(ListenerSettings settings, DialSettings dialing) {
        if (settings.port() == 0) {
            refuse(Setting.PORT, "1 to 65535, since mode=CONNECT");
        }
        if (dialing.connections() > settings.limits().maxConnections()) {
            refuse(
                    Setting.CONNECTIONS,
                    "at most maxConnections=" + settings.limits().maxConnections());
        }
        if (settings.tls().isOn() && settings.tls().mode() != TlsMode.REQUIRED) {
            refuse(Setting.TLS, "OFF, REQUIRED, since mode=CONNECT");
        }
        if (!settings.access().proxies().isEmpty()) {
            refuse(Setting.PROXY_FROM, "no value, since mode=CONNECT");
        }
        if (settings.socket().reusePort()) {
            refuse(Setting.REUSE_PORT, "false, since mode=CONNECT");
        }
        if (settings.socket().ipv6Only()) {
            refuse(Setting.IPV6_ONLY, "false, since mode=CONNECT");
        }
    }

    private void refuse(Setting setting, String allowed) {
        values.problem(setting, values.given(setting), allowed);
    }

    private static boolean isIpv4(String host) {
        return IPV4.matcher(host).matches();
    }
}
