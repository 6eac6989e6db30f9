package io.dermaga.engine.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.SocketSettings;
import io.dermaga.engine.settings.SocketSettings.KeepAlive;
import io.dermaga.engine.settings.TransportKind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a socket has of what was set, asked of the kernel. */
class SocketOptionsTest {

    private static final SocketSettings EVERYTHING =
            new SocketSettings(
                    16,
                    false,
                    new KeepAlive(true, Duration.ofSeconds(77), Duration.ofSeconds(11), 5),
                    false,
                    false,
                    true,
                    true,
                    false,
                    DataSize.parse("48KiB"),
                    DataSize.parse("40KiB"),
                    Duration.ofSeconds(3),
                    0x68);

    private static void assumeAvailable(TransportKind kind) {
        assumeTrue(kind != TransportKind.EPOLL || Epoll.isAvailable());
        assumeTrue(kind != TransportKind.IO_URING || IoUring.isAvailable());
    }

    private static List<ChannelOption<Integer>> probes(TransportKind kind) {
        return switch (kind) {
            case EPOLL ->
                    List.of(
                            EpollChannelOption.TCP_KEEPIDLE,
                            EpollChannelOption.TCP_KEEPINTVL,
                            EpollChannelOption.TCP_KEEPCNT);
            case IO_URING ->
                    List.of(
                            IoUringChannelOption.TCP_KEEPIDLE,
                            IoUringChannelOption.TCP_KEEPINTVL,
                            IoUringChannelOption.TCP_KEEPCNT);
            default ->
                    List.of(
                            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
                            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT));
        };
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void an_accepted_connection_has_every_option_that_was_set(TransportKind kind) throws Exception {
        assumeAvailable(kind);
        try (Transport transport = Transport.open(kind, 1)) {
            CompletableFuture<Channel> accepted = new CompletableFuture<>();
            ServerChannel server = transport.sockets().listening().get();
            transport.sockets().options().listening(server, EVERYTHING);
            server.pipeline().addLast(new Accepting(accepted));
            transport.group().register(server).sync();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).sync();
            InetSocketAddress address = (InetSocketAddress) server.localAddress();
            try (Socket peer = new Socket(address.getAddress(), address.getPort())) {
                ChannelConfig config = accepted.get(30, TimeUnit.SECONDS).config();
                transport.sockets().options().accepted(config, EVERYTHING);
                assertEverything(kind, config);
                assertThat(peer.isConnected()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void a_connecting_socket_has_every_option_that_was_set(TransportKind kind) throws Exception {
        assumeAvailable(kind);
        try (Transport transport = Transport.open(kind, 1)) {
            SocketChannel channel = transport.sockets().connecting().get();
            transport.group().register(channel).sync();
            transport.sockets().options().connecting(channel, EVERYTHING);
            assertEverything(kind, channel.config());
            channel.close().sync();
        }
    }

    private static void assertEverything(TransportKind kind, ChannelConfig config) {
        assertThat(config.getOption(ChannelOption.TCP_NODELAY)).isFalse();
        assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
        assertThat(probes(kind)).extracting(config::getOption).containsExactly(77, 11, 5);
        assertThat(config.getOption(ChannelOption.SO_LINGER)).isEqualTo(3);
        assertThat(config.getOption(ChannelOption.IP_TOS)).isEqualTo(0x68);
        // Linux tells twice as much: its own bookkeeping is in it (socket(7))
        assertThat(config.getOption(ChannelOption.SO_RCVBUF)).isIn(48 * 1024, 96 * 1024);
        assertThat(config.getOption(ChannelOption.SO_SNDBUF)).isIn(40 * 1024, 80 * 1024);
    }

    private static final class Accepting extends ChannelInboundHandlerAdapter {

        private final CompletableFuture<Channel> accepted;

        Accepting(CompletableFuture<Channel> accepted) {
            this.accepted = accepted;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel channel = (Channel) message;
            context.channel().eventLoop().register(channel);
            accepted.complete(channel);
        }
    }
}
