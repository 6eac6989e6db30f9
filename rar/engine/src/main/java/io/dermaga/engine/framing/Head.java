package io.dermaga.engine.framing;

import io.dermaga.engine.framing.Framing.Likeness;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Looks at the first bytes of a stream. */
final class Head {

    private Head() {}

    /** As many as there are, at most {@code most}. */
    static byte[] bytes(ByteBuf head, int most) {
        return ByteBufUtil.getBytes(head, head.readerIndex(), Math.min(most, head.readableBytes()));
    }

    /** Whether the first bytes are these. */
    static Likeness startsWith(ByteBuf head, byte... start) {
        int bytes = Math.min(start.length, head.readableBytes());
        for (int i = 0; i < bytes; i++) {
            if (head.getByte(head.readerIndex() + i) != start[i]) {
                return Likeness.NO;
            }
        }
        return bytes < start.length ? Likeness.MORE : Likeness.YES;
    }

    /** One of the first bytes, or -1 if it is not there yet. */
    static int at(ByteBuf head, int index) {
        return index < head.readableBytes() ? head.getUnsignedByte(head.readerIndex() + index) : -1;
    }
}
