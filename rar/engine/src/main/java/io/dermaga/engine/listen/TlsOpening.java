package io.dermaga.engine.listen;

import io.dermaga.engine.settings.TlsMode;
import io.dermaga.engine.tls.FirstHandshake;
import io.dermaga.engine.tls.TlsContext;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Tells from the first bytes whether a connection begins with a TLS handshake, and if so gives way
 * to TLS; if not, says so by {@link PlainText} and leaves. A peer that sends one byte of its own
 * and then waits for an answer is not kept waiting. On the event loop.
 */
final class TlsOpening extends ByteToMessageDecoder {

    /**
     * A connection does not begin with TLS.
     *
     * @param head its first bytes; valid during the event
     */
    record PlainText(ByteBuf head) {}

    /** Record type handshake, version 3.x (RFC 8446, 5.1). */
    private static final int HANDSHAKE = 22;

    private static final int VERSION = 3;
    private static final int MOST_MINOR_VERSION = 4;
    private static final int HEADER_BYTES = 3;

    private final TcpConnection connection;
    private final TlsContext tls;
    private volatile boolean begun;

    TlsOpening(TcpConnection connection, TlsContext tls) {
        this.connection = connection;
        this.tls = tls;
    }

    /** Whether the peer has sent a byte. Any thread. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (!begun && connection.settings().tls().mode() == TlsMode.OPTIONAL) {
            connection.handler().deadlines().read(System.nanoTime()); // it need not hurry before
        }
        begun = true;
        int start = in.readerIndex();
        int known = Math.min(HEADER_BYTES, in.readableBytes());
        boolean plain =
                in.getUnsignedByte(start) != HANDSHAKE
                        || (known > 1 && in.getUnsignedByte(start + 1) != VERSION)
                        || (known > 2 && in.getUnsignedByte(start + 2) > MOST_MINOR_VERSION);
        if (plain) {
            context.fireUserEventTriggered(new PlainText(in.slice()));
            context.pipeline().remove(this); // hands on what it holds
        } else if (known == HEADER_BYTES) {
            FirstHandshake handshake = Opening.handshake(connection, tls);
            context.pipeline().addBefore(context.name(), null, handshake);
            context.pipeline().replace(this, null, tls.newHandler(context.alloc(), handshake));
        }
    }
}
