package io.dermaga.bench.peer.netty;

import io.dermaga.bench.payload.Ledger;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/** Gathers all bytes of a connection and verifies them when it has ended. */
final class EofHandler extends SimpleChannelInboundHandler<ByteBuf> {

    private final Ledger ledger;
    private final ByteBuf bytes;

    EofHandler(Ledger ledger, ByteBuf bytes) {
        this.ledger = ledger;
        this.bytes = bytes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf chunk) {
        bytes.writeBytes(chunk);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (bytes.isReadable()) {
            ledger.verify(bytes::getInt, bytes.readableBytes());
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        bytes.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // What came before a reset is no payload.
        bytes.clear();
        context.close();
    }
}
