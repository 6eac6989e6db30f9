package io.dermaga.engine.listen;

import io.dermaga.api.monitor.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes connections from the listening socket, on its event loop, and gives each an event loop. */
@Sharable // with the next socket, should the port have to be bound again
final class Acceptor extends ChannelInboundHandlerAdapter {

    private static final int PAUSE_SECONDS = 1;

    private final Listener listener;
    private final Transport transport;
    private final AcceptRate rate;

    private volatile boolean paused;

    Acceptor(Listener listener, Transport transport) {
        this.listener = listener;
        this.transport = transport;
        this.rate = new AcceptRate(listener.settings().access().acceptRate());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        SocketChannel channel = (SocketChannel) accepted;
        keepRate(context.channel());
        InetSocketAddress peer = channel.remoteAddress();
        Refusal refusal = listener.admission().take(peer.getAddress());
        if (refusal != null) {
            listener.refuse(peer, refusal);
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.unsafe().closeForcibly();
            return;
        }
        EventLoop eventLoop = transport.group().next();
        ConnectionHandler handler;
        try {
            transport.sockets().options().accepted(channel.config(), listener.settings().socket());
            handler = open(channel, eventLoop, listener, transport, null);
        } catch (RuntimeException e) { // it is gone already, for example
            listener.admission().giveBack(peer.getAddress());
            channel.unsafe().closeForcibly();
            throw e;
        }
        eventLoop
                .register(channel)
                .addListener(
                        registered -> {
                            if (!registered.isSuccess()) {
                                channel.unsafe().closeForcibly();
                                handler.abandon();
                            }
                        });
    }

    /** More connections than are to be accepted in a second wait in the backlog. */
    private void keepRate(Channel server) {
        long nanos = rate.take(System.nanoTime());
        if (nanos > 0) {
            pause(server, nanos);
        }
    }

    private void pause(Channel server, long nanos) {
        if (server.config().isAutoRead()) {
            server.config().setAutoRead(false);
            server.eventLoop()
                    .schedule(
                            () -> server.config().setAutoRead(!paused),
                            nanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    /**
     * A connection is there.
     *
     * @param target that this side has connected to; null if the peer has
     */
    static ConnectionHandler open(
            SocketChannel channel,
            EventLoop eventLoop,
            Listener listener,
            Transport transport,
            @Nullable InetSocketAddress target) {
        ChannelConfig config = channel.config();
        config.setAllocator(transport.allocator());
        ConnectionHandler handler = listener.open(channel, transport.loop(eventLoop), target);
        config.setRecvByteBufAllocator(new ReadSize(handler.throttle()));
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        return handler;
    }

    /** An operator lets connections wait in the backlog; whoever calls stops the reading. */
    void paused(boolean on) {
        paused = on;
    }

    /** No file descriptors, for example: what waits in the backlog is accepted a little later. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        pause(context.channel(), TimeUnit.SECONDS.toNanos(PAUSE_SECONDS));
        listener.reports().cannotAccept(cause, PAUSE_SECONDS);
    }
}
