package io.dermaga.engine.lane;

import io.dermaga.api.Connection;
import io.dermaga.api.Payload;
import io.dermaga.api.Reply;
import io.dermaga.api.monitor.PayloadTrace;
import io.dermaga.engine.monitor.WallClock;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.DeclaredCharset;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.payload.SpilledFrame;
import io.dermaga.engine.settings.Acknowledge;
import io.dermaga.engine.settings.CharsetFrom;
import io.dermaga.engine.settings.ListenerSettings;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufUtil;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A payload while it is delivered: a view of its content, of no use when the delivery ends. */
final class LanePayload implements Payload, Enlisted {

    private static final int MOST_ARRAY_BYTES = Integer.MAX_VALUE - 8;

    private final Delivery delivery;
    private final int index;

    LanePayload(Delivery delivery, int index) {
        this.delivery = delivery;
        this.index = index;
    }

    @Override
    public @Nullable XAResource branch() {
        return delivery.owner().branch(index + 1);
    }

    private Content content() {
        return delivery.content();
    }

    @Override
    public String id() {
        return delivery.owner().id() + "." + delivery.number(index);
    }

    @Override
    public long size() {
        return content().size(index);
    }

    @Override
    public long originalSize() {
        return content().originalSize(index);
    }

    @Override
    public byte[] bytes() {
        requireValid();
        int size = arraySize();
        if (content() instanceof Frames frames) {
            return ByteBufUtil.getBytes(frames.buffer(), frames.start(index), size, true);
        }
        return read(size);
    }

    @Override
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes()).asReadOnlyBuffer();
    }

    @Override
    public String text() {
        return text(charset());
    }

    @Override
    public Charset charset() {
        ListenerSettings settings = delivery.owner().settings();
        if (settings.charsetFrom() == CharsetFrom.LISTENER) {
            return settings.charset();
        }
        requireValid();
        int length = (int) Math.min(DeclaredCharset.HEAD_BYTES, size());
        byte[] head = new byte[length];
        copyHead(content(), index, length, head, 0);
        return DeclaredCharset.of(head).orElse(settings.charset());
    }

    @Override
    public String text(Charset which) {
        requireValid();
        int size = arraySize();
        if (content() instanceof Frames frames) {
            return frames.buffer().toString(frames.start(index), size, which);
        }
        return new String(read(size), which);
    }

    @Override
    public InputStream stream() {
        requireValid();
        return new DeliveryStream(open());
    }

    private InputStream open() {
        try {
            return stream(content(), index);
        } catch (IOException e) {
            throw new UncheckedIOException("DMG3008 spilled payload " + id() + " is lost", e);
        }
    }

    /** The bytes of a payload, whether its delivery has ended or not. */
    static InputStream stream(Content content, int index) throws IOException {
        if (content instanceof Frames frames) {
            int size = (int) frames.size(index);
            return new ByteBufInputStream(frames.buffer().slice(frames.start(index), size));
        }
        return ((SpilledFrame) content).stream();
    }

    /**
     * Copies the beginning of a payload, whether its delivery has ended or not. What cannot be read
     * from the disk is left out: the bean was told.
     */
    static void copyHead(Content content, int index, int length, byte[] target, int offset) {
        if (content instanceof Frames frames) {
            frames.buffer().getBytes(frames.start(index), target, offset, length);
            return;
        }
        try (InputStream in = ((SpilledFrame) content).stream()) {
            in.readNBytes(target, offset, length);
        } catch (IOException e) {
            Arrays.fill(target, offset, offset + length, (byte) 0);
        }
    }

    private byte[] read(int size) {
        try (InputStream in = open()) {
            return in.readNBytes(size);
        } catch (IOException e) {
            throw new UncheckedIOException("DMG3008 spilled payload " + id() + " is lost", e);
        }
    }

    private int arraySize() {
        long size = size();
        if (size > MOST_ARRAY_BYTES) {
            throw new IllegalStateException(
                    "DMG3006 payload "
                            + id()
                            + " of "
                            + size
                            + " bytes does not fit an array; use Payload.stream()");
        }
        return (int) size;
    }

    private void requireValid() {
        if (!delivery.isOpen(index)) {
            throw new IllegalStateException(
                    "DMG3005 payload "
                            + id()
                            + " was touched after its delivery ended; copy it with Payload.bytes()"
                            + " before the bean's method returns");
        }
    }

    /** Ends with the delivery: the memory below is another payload's soon after. */
    private final class DeliveryStream extends FilterInputStream {

        DeliveryStream(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            requireValid();
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            requireValid();
            return super.read(target, offset, length);
        }

        @Override
        public long skip(long bytes) throws IOException {
            requireValid();
            return super.skip(bytes);
        }

        @Override
        public int available() throws IOException {
            requireValid();
            return super.available();
        }
    }

    @Override
    public Connection connection() {
        return delivery.owner();
    }

    @Override
    public Instant firstByteAt() {
        return WallClock.at(content().firstByteNanos(index));
    }

    @Override
    public Instant lastByteAt() {
        return WallClock.at(content().lastByteNanos());
    }

    @Override
    public int deliveryCount() {
        return delivery.deliveryCount();
    }

    @Override
    public Optional<String> traceParent() {
        double share = delivery.owner().traced();
        return share > 0
                ? Optional.of(
                        new PayloadTrace(id(), delivery.owner().origin().copy(), firstByteAt())
                                .traceParent(share))
                : Optional.empty();
    }

    @Override
    public void reply(Reply reply) {
        requireValid();
        Acknowledge acknowledge = delivery.owner().settings().delivery().acknowledge();
        if (acknowledge != Acknowledge.ON_DELIVERY) {
            throw new IllegalStateException(
                    "DMG3011 payload "
                            + id()
                            + " cannot be replied to: given acknowledge="
                            + acknowledge
                            + ", allowed: ON_DELIVERY; Connection.write() writes at any time");
        }
        delivery.reply(index, reply);
    }

    @Override
    public String toString() {
        return "payload " + id() + " of " + size() + " bytes";
    }
}
