package io.dermaga.bench.peer.netty;

import io.dermaga.bench.payload.Ledger;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/** Verifies each frame where Netty has read it. */
class FramesHandler extends SimpleChannelInboundHandler<ByteBuf> {

    private final Ledger ledger;

    FramesHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        int start = frame.readerIndex();
        ledger.verify(offset -> frame.getInt(start + offset), frame.readableBytes());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
