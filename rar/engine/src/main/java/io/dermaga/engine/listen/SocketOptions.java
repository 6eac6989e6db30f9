package io.dermaga.engine.listen;

import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SocketSettings;
import io.dermaga.engine.settings.SocketSettings.KeepAlive;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options of sockets, in the form in which a transport has them. On Linux a connection inherits
 * those of the listening socket: with epoll, where the listening socket takes all of them, none
 * costs a system call for each connection.
 */
final class SocketOptions {

    // Linux: in.h, tcp.h, in6.h
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_KEEPIDLE = 4;
    private static final int TCP_KEEPINTVL = 5;
    private static final int TCP_KEEPCNT = 6;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    private final String transport;

    /** What is not the same in all transports; those that are missing it does not have. */
    private final Map<Setting, ChannelOption<Integer>> numbers;

    private final @Nullable ChannelOption<Boolean> reusePort;

    /**
     * @param numbers of the settings of keep-alive probes
     */
    SocketOptions(
            String transport,
            Map<Setting, ChannelOption<Integer>> numbers,
            @Nullable ChannelOption<Boolean> reusePort) {
        this.transport = transport;
        this.numbers = Map.copyOf(numbers);
        this.reusePort = reusePort;
    }

    // ---- what a transport does not have

    /** One sentence for each option that is set and that this transport does not have. */
    List<String> problems(ListenerSettings settings) {
        SocketSettings socket = settings.socket();
        KeepAlive probes = socket.keepAlive();
        List<String> problems = new ArrayList<>();
        number(settings, Setting.KEEP_ALIVE_IDLE, probes.idle(), problems);
        number(settings, Setting.KEEP_ALIVE_INTERVAL, probes.interval(), problems);
        number(settings, Setting.KEEP_ALIVE_COUNT, probes.count(), problems);
        if (socket.reusePort() && reusePort == null) {
            problems.add(problem(settings, Setting.REUSE_PORT, "false"));
        }
        if (socket.ipv6Only() && !transport.equals("epoll")) {
            problems.add(problem(settings, Setting.IPV6_ONLY, "false"));
        }
        return problems;
    }

    private void number(
            ListenerSettings settings,
            Setting setting,
            @Nullable Object given,
            List<String> problems) {
        if (given != null && !numbers.containsKey(setting)) {
            problems.add(problem(settings, setting, "no value"));
        }
    }

    private String problem(ListenerSettings settings, Setting setting, String allowed) {
        String given =
                settings.effective().stream()
                        .filter(one -> one.name().equals(setting.property()))
                        .map(one -> "'" + one.value() + "' (" + one.source() + ")")
                        .findFirst()
                        .orElse("''");
        return "DMG1008 property '%s' of listener '%s': given %s, which transport %s does not have, allowed: %s, or dermaga.adapter.transport=epoll"
                .formatted(setting.property(), settings.name(), given, transport, allowed);
    }

    // ---- setting them

    /** Those of a listening socket that is not bound yet, and what its connections inherit. */
    void listening(Channel server, SocketSettings options) throws IOException {
        ChannelConfig config = server.config();
        config.setOption(ChannelOption.SO_BACKLOG, options.backlog());
        config.setOption(ChannelOption.SO_REUSEADDR, options.reuseAddress());
        if (options.reusePort() && reusePort != null) {
            config.setOption(reusePort, true);
        }
        DataSize receiveBuffer = options.receiveBuffer();
        if (receiveBuffer != null) { // before it listens: the window's scale is fixed by then
            config.setOption(ChannelOption.SO_RCVBUF, receiveBuffer.intBytes());
        }
        if (server instanceof EpollServerSocketChannel epoll
                && epoll.fd() instanceof Socket socket) {
            if (options.ipv6Only()) {
                socket.setIntOpt(IPPROTO_IPV6, IPV6_V6ONLY, 1);
            }
            all(socket, options);
        }
    }

    /**
     * What the kernel has granted of the buffers that were asked for, if it is less; null if it is
     * not, or if that cannot be told.
     */
    @Nullable String cut(Channel server, SocketSettings options) throws IOException {
        if (!(server instanceof EpollServerSocketChannel epoll)
                || !(epoll.fd() instanceof Socket socket)) {
            return null;
        }
        List<String> cut = new ArrayList<>();
        if (options.receiveBuffer() != null) {
            cut("receiveBuffer", options.receiveBuffer(), socket.getReceiveBufferSize(), cut);
        }
        if (options.sendBuffer() != null) {
            cut("sendBuffer", options.sendBuffer(), socket.getSendBufferSize(), cut);
        }
        return cut.isEmpty() ? null : String.join(", ", cut);
    }

    /** Linux tells twice as much: its own bookkeeping is in it (socket(7)). */
    private static void cut(String name, DataSize wanted, int told, List<String> cut) {
        DataSize granted = new DataSize(told / 2);
        if (granted.compareTo(wanted) < 0) {
            cut.add("%s=%s is %s".formatted(name, wanted, granted));
        }
    }

    /** What an accepted connection has not inherited. */
    void accepted(ChannelConfig config, SocketSettings options) {
        if (!(config instanceof EpollSocketChannelConfig)) {
            all(config, options);
        } else if (!options.noDelay()) {
            config.setOption(ChannelOption.TCP_NODELAY, false); // Netty has turned it on
        }
    }

    /** Those of a socket that is not connected yet. */
    void connecting(Channel channel, SocketSettings options) throws IOException {
        DataSize receiveBuffer = options.receiveBuffer();
        if (receiveBuffer != null) {
            channel.config().setOption(ChannelOption.SO_RCVBUF, receiveBuffer.intBytes());
        }
        if (channel instanceof EpollSocketChannel epoll && epoll.fd() instanceof Socket socket) {
            all(socket, options);
        } else {
            all(channel.config(), options);
        }
    }

    private static void all(Socket socket, SocketSettings options) throws IOException {
        socket.setTcpNoDelay(options.noDelay());
        KeepAlive probes = options.keepAlive();
        socket.setKeepAlive(probes.on());
        if (probes.idle() != null) {
            socket.setIntOpt(IPPROTO_TCP, TCP_KEEPIDLE, seconds(probes.idle()));
        }
        if (probes.interval() != null) {
            socket.setIntOpt(IPPROTO_TCP, TCP_KEEPINTVL, seconds(probes.interval()));
        }
        if (probes.count() != null) {
            socket.setIntOpt(IPPROTO_TCP, TCP_KEEPCNT, probes.count());
        }
        if (options.sendBuffer() != null) {
            socket.setSendBufferSize(options.sendBuffer().intBytes());
        }
        if (options.linger() != null) {
            socket.setSoLinger(seconds(options.linger()));
        }
        if (options.trafficClass() != 0) {
            socket.setTrafficClass(options.trafficClass());
        }
    }

    private void all(ChannelConfig config, SocketSettings options) {
        KeepAlive probes = options.keepAlive();
        config.setOption(ChannelOption.TCP_NODELAY, options.noDelay());
        config.setOption(ChannelOption.SO_KEEPALIVE, probes.on());
        if (probes.idle() != null) {
            set(config, Setting.KEEP_ALIVE_IDLE, seconds(probes.idle()));
        }
        if (probes.interval() != null) {
            set(config, Setting.KEEP_ALIVE_INTERVAL, seconds(probes.interval()));
        }
        if (probes.count() != null) {
            set(config, Setting.KEEP_ALIVE_COUNT, probes.count());
        }
        if (options.sendBuffer() != null) {
            config.setOption(ChannelOption.SO_SNDBUF, options.sendBuffer().intBytes());
        }
        if (options.linger() != null) {
            config.setOption(ChannelOption.SO_LINGER, seconds(options.linger()));
        }
        if (options.trafficClass() != 0) {
            config.setOption(ChannelOption.IP_TOS, options.trafficClass());
        }
    }

    private void set(ChannelConfig config, Setting setting, int value) {
        ChannelOption<Integer> option = numbers.get(setting);
        if (option != null) {
            config.setOption(option, value);
        }
    }

    private static int seconds(Duration duration) {
        return (int) duration.toSeconds();
    }
}
