package io.dermaga.bench.peer.camel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Lets Netty gather all bytes of a connection, and passes them on when it has ended. */
final class EofDecoder extends ByteToMessageDecoder {

    private boolean failed;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        // There is no payload before the end.
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (!failed && in.isReadable()) {
            out.add(in.readRetainedSlice(in.readableBytes()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        // What came before a reset is no payload.
        failed = true;
        super.exceptionCaught(context, cause);
    }
}
