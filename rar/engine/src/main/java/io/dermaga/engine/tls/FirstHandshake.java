package io.dermaga.engine.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs what the handshake of one connection computes. A second one, which TLS 1.2 lets a client ask
 * for as often as it likes and at little cost to itself, is computed nowhere: the connection fails
 * (RFC 9325, 3.5; TLS 1.3 has none). On the event loop of the connection.
 */
final class FirstHandshake implements Executor {

    private final Executor tasks;
    private @Nullable Channel complete;

    FirstHandshake(Executor tasks) {
        this.tasks = tasks;
    }

    /** Notes when it is complete. */
    void watch(SslHandler handler) {
        handler.handshakeFuture()
                .addListener(
                        done -> {
                            if (done.isSuccess()) {
                                complete = handler.handshakeFuture().getNow();
                            }
                        });
    }

    @Override
    public void execute(Runnable task) {
        if (complete == null) {
            tasks.execute(task);
            return;
        }
        ChannelHandlerContext context = complete.pipeline().context(SslHandler.class);
        if (context != null) {
            context.fireExceptionCaught(
                    new DecoderException(
                            "the peer asks for a second TLS handshake (renegotiation)"));
        }
    }
}
