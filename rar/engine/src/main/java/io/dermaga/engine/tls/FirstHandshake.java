package io.dermaga.engine.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;

/**
 * Runs what the handshake of one connection computes; its place is right in front of TLS. A second
 * handshake, which TLS 1.2 lets a client ask for as often as it likes and at little cost to itself,
 * is computed nowhere: the connection fails (RFC 9325, 3.5; TLS 1.3 has none). TLS drops what it
 * has not decrypted when it hears of the end of a stream: it hears of it when all is computed. On
 * the event loop of the connection.
 */
public final class FirstHandshake extends ChannelInboundHandlerAdapter implements Executor {

    private final Executor tasks;
    private final Channel channel;
    private boolean complete;
    private int computing;

    /** The peer has ended its side while something was being computed. */
    private boolean ended;

    FirstHandshake(Executor tasks, Channel channel) {
        this.tasks = tasks;
        this.channel = channel;
    }

    @Override
    public void execute(Runnable task) {
        if (complete) {
            ChannelHandlerContext own = channel.pipeline().context(this);
            if (own != null) {
                own.fireExceptionCaught(
                        new DecoderException(
                                "the peer asks for a second TLS handshake (renegotiation)"));
            }
            return;
        }
        tasks.execute(() -> compute(task));
        computing++;
    }

    private void compute(Runnable task) {
        try {
            if (channel.isActive()) { // nobody waits for it otherwise
                task.run();
            }
        } finally {
            // TLS goes on before, with what was read meanwhile
            channel.eventLoop().execute(this::computed);
        }
    }

    private void computed() {
        computing--;
        ChannelHandlerContext own = channel.pipeline().context(this);
        if (ended && computing == 0 && own != null) {
            ended = false;
            own.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext own, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && computing > 0) {
            ended = true;
        } else {
            own.fireUserEventTriggered(event);
        }
    }

    /** TLS, which computes here. */
    SslHandler of(SslHandler handler) {
        handler.handshakeFuture().addListener(done -> complete = done.isSuccess());
        return handler;
    }
}
