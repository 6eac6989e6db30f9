package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ConnectionState;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/**
 * Between TLS and the socket: TLS asks for the rest of a record, or for what follows its handshake,
 * whether or not the connection is to be read. Nothing is read while an open connection is held. On
 * the event loop.
 */
final class HeldReads extends ChannelOutboundHandlerAdapter {

    private final TcpConnection connection;

    HeldReads(TcpConnection connection) {
        this.connection = connection;
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (connection.state() == ConnectionState.OPENING || !connection.isHeld()) {
            context.read();
        }
    }
}
