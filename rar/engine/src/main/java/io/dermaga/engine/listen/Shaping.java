package io.dermaga.engine.listen;

import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.RateSettings;
import io.netty.channel.ChannelHandler;
import io.netty.handler.traffic.GlobalChannelTrafficShapingHandler;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * How much goes through a listener in a second. What is read above that holds the connection; what
 * is written waits in Netty's handler. Thread-safe.
 */
final class Shaping {

    /** A read takes about so much of a second's bytes, lest the pauses get long. */
    private static final int READS_PER_SECOND = 20;

    private static final int LEAST_READ_BYTES = 512;

    private final ScheduledExecutorService timer;
    private @Nullable GlobalChannelTrafficShapingHandler writes;
    private volatile @Nullable Rate reads;
    private volatile RateSettings settings;

    Shaping(RateSettings settings, ScheduledExecutorService timer) {
        this.timer = timer;
        this.settings = settings;
        change(settings);
    }

    RateSettings settings() {
        return settings;
    }

    /** From now on other rates hold. */
    synchronized void change(RateSettings next) {
        reads = next.read() == null ? null : new Rate(next.read().bytes());
        settings = next;
        GlobalChannelTrafficShapingHandler handler = writes;
        if (handler != null) {
            handler.setWriteLimit(limit(next.write()));
            handler.setWriteChannelLimit(limit(next.writeEach()));
        }
    }

    private static long limit(@Nullable DataSize size) {
        return size == null ? 0 : size.bytes();
    }

    /** Delays what is written; null while there never was a limit. */
    synchronized @Nullable ChannelHandler writes() {
        if (writes == null && settings.limitsWrites()) {
            writes =
                    new GlobalChannelTrafficShapingHandler(
                            timer, limit(settings.write()), 0, limit(settings.writeEach()), 0);
        }
        return writes;
    }

    /** For a new connection; null if there is no limit for each. */
    @Nullable Rate readEach() {
        DataSize each = settings.readEach();
        return each == null ? null : new Rate(each.bytes());
    }

    /** Whether reads are limited. */
    boolean limitsReads() {
        return reads != null || settings.readEach() != null;
    }

    /** How much may be read at once. */
    int mostReadBytes() {
        long least = Math.min(orAll(settings.read()), orAll(settings.readEach()));
        return (int)
                Math.max(LEAST_READ_BYTES, Math.min(Integer.MAX_VALUE, least / READS_PER_SECOND));
    }

    private static long orAll(@Nullable DataSize size) {
        return size == null ? Long.MAX_VALUE : size.bytes();
    }

    /** Bytes were read. Returns how long no more should be, in ns; 0 if it may go on. */
    long read(@Nullable Rate each, long bytes, long now) {
        Rate all = reads;
        long shared = all == null ? 0 : all.pay(bytes, now);
        return Math.max(shared, each == null ? 0 : each.pay(bytes, now));
    }

    /** The listener is closed; it may be opened again. */
    synchronized void close() {
        if (writes != null) {
            writes.release();
            writes = null;
        }
    }
}
