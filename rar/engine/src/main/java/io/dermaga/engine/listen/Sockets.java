package io.dermaga.engine.listen;

import io.dermaga.engine.settings.Setting;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a transport.
 *
 * @param transport its name: {@code epoll}, {@code io_uring} or {@code nio}
 * @param listening makes one that listens
 * @param connecting makes one that connects
 * @param options of both
 */
record Sockets(
        String transport,
        Supplier<ServerChannel> listening,
        Supplier<SocketChannel> connecting,
        SocketOptions options) {

    private static final Map<Setting, String> PROBES =
            Map.of(
                    Setting.KEEP_ALIVE_IDLE, "TCP_KEEPIDLE",
                    Setting.KEEP_ALIVE_INTERVAL, "TCP_KEEPINTERVAL",
                    Setting.KEEP_ALIVE_COUNT, "TCP_KEEPCOUNT");

    static Sockets epoll() {
        return new Sockets(
                "epoll",
                EpollServerSocketChannel::new,
                EpollSocketChannel::new,
                new SocketOptions(
                        "epoll",
                        Map.of(
                                Setting.KEEP_ALIVE_IDLE, EpollChannelOption.TCP_KEEPIDLE,
                                Setting.KEEP_ALIVE_INTERVAL, EpollChannelOption.TCP_KEEPINTVL,
                                Setting.KEEP_ALIVE_COUNT, EpollChannelOption.TCP_KEEPCNT),
                        UnixChannelOption.SO_REUSEPORT));
    }

    static Sockets ioUring() {
        return new Sockets(
                "io_uring",
                IoUringServerSocketChannel::new,
                IoUringSocketChannel::new,
                new SocketOptions(
                        "io_uring",
                        Map.of(
                                Setting.KEEP_ALIVE_IDLE, IoUringChannelOption.TCP_KEEPIDLE,
                                Setting.KEEP_ALIVE_INTERVAL, IoUringChannelOption.TCP_KEEPINTVL,
                                Setting.KEEP_ALIVE_COUNT, IoUringChannelOption.TCP_KEEPCNT),
                        UnixChannelOption.SO_REUSEPORT));
    }

    static Sockets nio() {
        return new Sockets(
                "nio",
                NioServerSocketChannel::new,
                NioSocketChannel::new,
                new SocketOptions("nio", nioProbes(), nioReusePort()));
    }

    /**
     * By name: the class that has them (package {@code jdk.net}) is not seen by every server's
     * class loaders.
     */
    private static Map<Setting, ChannelOption<Integer>> nioProbes() {
        Map<Setting, ChannelOption<Integer>> probes = new EnumMap<>(Setting.class);
        try (java.nio.channels.SocketChannel socket = java.nio.channels.SocketChannel.open()) {
            Set<SocketOption<?>> options = socket.supportedOptions();
            PROBES.forEach(
                    (setting, name) -> options.forEach(one -> put(probes, setting, name, one)));
        } catch (IOException e) {
            return Map.of(); // what is asked for is refused then
        }
        return probes;
    }

    @SuppressWarnings("unchecked") // the type is looked at
    private static void put(
            Map<Setting, ChannelOption<Integer>> probes,
            Setting setting,
            String name,
            SocketOption<?> option) {
        if (option.name().equals(name) && option.type() == Integer.class) {
            probes.put(setting, NioChannelOption.of((SocketOption<Integer>) option));
        }
    }

    private static @Nullable ChannelOption<Boolean> nioReusePort() {
        try (java.nio.channels.ServerSocketChannel socket =
                java.nio.channels.ServerSocketChannel.open()) {
            return socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)
                    ? NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT)
                    : null;
        } catch (IOException e) {
            return null;
        }
    }
}
