package io.dermaga.engine.idempotency;

import io.dermaga.api.Reply;
import io.dermaga.engine.reply.PayloadHead;
import io.dermaga.engine.settings.IdempotencySettings;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of what a listener, or one group of its beans, has delivered within a window of time,
 * and of what it delivers now. In memory: empty after a restart. A key is known from its delivery
 * for the whole window, so that the oldest is at once the first to go out of it, and the first to
 * be forgotten when there is no room. What is being delivered is never forgotten, and takes no
 * room: each lane has one key, or those of a batch in its bean. Thread-safe.
 */
public final class KnownKeys {

    /** Replies of more bytes than this are not kept. */
    static final int MOST_REPLY_BYTES = 4096;

    /** Heap of a key without its chars: its place in the map, texts and arrays as objects. */
    static final int KEY_BYTES = 144;

    /** Heap of a reply without its content. */
    static final int REPLY_BYTES = 96;

    private record Known(long sinceNanos, long bytes, List<Reply> replies) {}

    private final IdempotencySettings settings;
    private final Charset charset;
    private final LongSupplier nanoClock;
    private final long windowNanos;
    private final Set<String> inDelivery = new HashSet<>();

    /** The oldest first. */
    private final Map<String, Known> delivered = new LinkedHashMap<>();

    /** Heap of {@link #delivered}. */
    private long bytes;

    /**
     * @param charset of text replies without their own
     * @param nanoClock as {@link System#nanoTime()}
     */
    public KnownKeys(IdempotencySettings settings, Charset charset, LongSupplier nanoClock) {
        this.settings = settings;
        this.charset = charset;
        this.nanoClock = nanoClock;
        this.windowNanos = settings.window().toNanos();
    }

    /** The key of a payload; null if it has none. */
    public @Nullable PayloadKey find(PayloadHead payload) {
        return KeyFinder.find(settings.key(), payload);
    }

    /**
     * A payload is to be delivered. If that is granted, {@link #delivered} or {@link #giveBack}
     * follows.
     */
    public synchronized Claim claim(PayloadKey key) {
        forgetOld();
        Known known = delivered.get(key.value());
        if (known != null) {
            return new Claim.Repeated(known.replies());
        }
        return inDelivery.add(key.value()) ? Claim.Unknown.GRANTED : Claim.Unknown.IN_DELIVERY;
    }

    /**
     * It was delivered: known from now on.
     *
     * @param replies of the bean, kept if they are not too large
     */
    public void delivered(PayloadKey key, List<Reply> replies) {
        long size = 0;
        for (Reply reply : replies) {
            size += reply.bytes(charset).length;
        }
        List<Reply> kept = size > MOST_REPLY_BYTES ? List.of() : List.copyOf(replies);
        long heap = KEY_BYTES + (long) key.value().length();
        heap += kept.isEmpty() ? 0 : size + (long) REPLY_BYTES * kept.size();
        remember(key.value(), heap, kept);
    }

    private synchronized void remember(String key, long heap, List<Reply> replies) {
        inDelivery.remove(key);
        delivered.put(key, new Known(nanoClock.getAsLong(), heap, replies));
        bytes += heap;
        forgetOld();
    }

    /** It was not delivered: the next one with its key will be. */
    public synchronized void giveBack(PayloadKey key) {
        inDelivery.remove(key.value());
    }

    private void forgetOld() {
        long now = nanoClock.getAsLong();
        long capacity = settings.capacity().bytes();
        Iterator<Known> oldest = delivered.values().iterator();
        while (oldest.hasNext()) {
            Known known = oldest.next();
            if (bytes <= capacity && now - known.sinceNanos() < windowNanos) {
                return;
            }
            oldest.remove();
            bytes -= known.bytes();
        }
    }
}
