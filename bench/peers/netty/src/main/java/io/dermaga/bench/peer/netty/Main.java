package io.dermaga.bench.peer.netty;

import io.dermaga.bench.payload.Control;
import io.dermaga.bench.payload.Ledger;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Serves the three ports with Netty; its argument is {@code epoll} or {@code nio}. */
public final class Main {

    private static final int MAX_FRAME = 1 << 20;

    private final EventLoopGroup group;
    private final Class<? extends ServerChannel> channel;

    private Main(EventLoopGroup group, Class<? extends ServerChannel> channel) {
        this.group = group;
        this.channel = channel;
    }

    public static void main(String[] args) {
        Main main =
                switch (args.length == 1 ? args[0] : "") {
                    case "epoll" ->
                            new Main(
                                    new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory()),
                                    EpollServerSocketChannel.class);
                    case "nio" ->
                            new Main(
                                    new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory()),
                                    NioServerSocketChannel.class);
                    default -> throw new IllegalArgumentException("say epoll or nio");
                };
        main.run(new Ledger());
    }

    private void run(Ledger ledger) {
        int eof =
                listen(
                        child ->
                                child.pipeline()
                                        .addLast(new EofHandler(ledger, child.alloc().buffer())));
        int frames =
                listen(child -> child.pipeline().addLast(decoder(), new FramesHandler(ledger)));
        int echo =
                listen(
                        child ->
                                child.pipeline()
                                        .addLast(
                                                decoder(),
                                                new LengthFieldPrepender(4),
                                                new EchoHandler(ledger)));
        Control.start(ledger, eof, frames, echo);
    }

    private int listen(Consumer<Channel> initializer) {
        Channel server =
                new ServerBootstrap()
                        .group(group)
                        .channel(channel)
                        .option(ChannelOption.SO_BACKLOG, 1024)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel child) {
                                        initializer.accept(child);
                                    }
                                })
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private static LengthFieldBasedFrameDecoder decoder() {
        return new LengthFieldBasedFrameDecoder(MAX_FRAME, 0, 4, 0, 4);
    }
}
