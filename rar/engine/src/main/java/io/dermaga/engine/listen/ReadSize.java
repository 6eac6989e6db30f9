package io.dermaga.engine.listen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much is read from a connection: what the kernel holds, at most 2 MiB before others have their
 * turn, in buffers as large as its reads have lately been (2 to 128 KiB). While a large payload is
 * on its way, a buffer has room for just what is missing of it, up to 256 KiB, so that a payload
 * lies in few pieces. To empty the kernel's queue at once is what makes bulk cheap: the peer is
 * told of the room once, not after each small read (docs/performance.md). On the event loop.
 */
final class ReadSize implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {

    private static final int LEAST_BYTES = 2 * 1024;
    private static final int MOST_BYTES = 128 * 1024;
    private static final int LARGE_BYTES = 16 * 1024;
    private static final int MOST_LARGE_BYTES = 256 * 1024;
    private static final int MOST_BURST_BYTES = 2 * 1024 * 1024;

    private final Throttle throttle;
    private int usual = LEAST_BYTES;
    private int attempted;
    private int last;
    private int burst;

    ReadSize(Throttle throttle) {
        this.throttle = throttle;
    }

    @Override
    @SuppressWarnings("deprecation") // of the interface that Netty itself asks for
    public Handle newHandle() {
        return this;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
        return allocator.ioBuffer(guess());
    }

    @Override
    public int guess() {
        long wanted = throttle.missing();
        int good = wanted < LARGE_BYTES ? usual : (int) Math.min(wanted, MOST_LARGE_BYTES);
        return Math.min(good, throttle.mostReadBytes());
    }

    @Override
    public void lastBytesRead(int bytes) {
        last = bytes;
        burst += bytes;
        if (bytes >= attempted && bytes >= usual) {
            usual = Math.min(MOST_BYTES, usual * 4);
        } else if (bytes >= 0 && bytes < usual / 4) {
            usual = Math.max(LEAST_BYTES, usual / 2);
        }
    }

    @Override
    public int lastBytesRead() {
        return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
        attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
        return attempted;
    }

    @Override
    public boolean continueReading() {
        return last == attempted && burst < MOST_BURST_BYTES && throttle.mayReadOn();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
        return continueReading();
    }

    @Override
    public void reset(ChannelConfig config) {
        last = 0;
        burst = 0;
        attempted = 0;
    }

    @Override
    public void incMessagesRead(int messages) {
        // bytes are counted
    }

    @Override
    public void readComplete() {
        // the next size is known already
    }
}
