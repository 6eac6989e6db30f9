package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ConnectionState;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/**
 * Between the socket and TLS, which keeps what it cannot decrypt yet or any more, however much that
 * is, and asks for the rest of a record whether or not the connection is to be read. Nothing is
 * read while an open connection is held, little before a handshake is complete, and nothing is kept
 * of what follows the peer's end. On the event loop.
 */
final class HeldReads extends ChannelDuplexHandler {

    /** A hundred times a usual handshake; what a client sends behind its part of it counts too. */
    private static final int MOST_OPENING_BYTES = 128 * 1024;

    private final TcpConnection connection;
    private int openingBytes;

    HeldReads(TcpConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf chunk = (ByteBuf) message;
        if (connection.handler().hasEnded()) { // close_notify came before it
            chunk.release();
            return;
        }
        if (isOpening()) {
            openingBytes += chunk.readableBytes();
            if (hasEnough()) {
                context.channel().config().setAutoRead(false);
            }
        }
        context.fireChannelRead(chunk);
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (isOpening() ? !hasEnough() : !connection.isHeld()) {
            context.read();
        }
    }

    /** The handshake is complete. */
    void opened(ChannelHandlerContext context) {
        if (hasEnough() && !connection.isHeld()) {
            context.channel().config().setAutoRead(true);
            context.read();
        }
    }

    private boolean isOpening() {
        return connection.state() == ConnectionState.OPENING;
    }

    private boolean hasEnough() {
        return openingBytes > MOST_OPENING_BYTES;
    }
}
