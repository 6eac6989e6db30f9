package io.dermaga.bench.peer.netty;

import io.dermaga.bench.payload.Ledger;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** Verifies each frame and sends it back, flushing once for all that were read together. */
final class EchoHandler extends FramesHandler {

    EchoHandler(Ledger ledger) {
        super(ledger);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        super.channelRead0(context, frame);
        context.write(frame.retain());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }
}
