package io.dermaga.engine.spool;

import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.payload.SpilledFrame;
import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.SpoolSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A spool in a directory, what was appended to it and what it handed over. */
final class SpoolUnderTest implements AutoCloseable {

    static final String LISTENER = "orders";
    private static final long BOUND = 16 * 1024 * 1024;

    final ByteBudget intake = new ByteBudget(1L << 40, null);
    final SpillStore spill;
    final Spool spool;
    final Queue<String> received = new ConcurrentLinkedQueue<>();
    final Queue<SpooledEntry> entries = new ConcurrentLinkedQueue<>();
    final Queue<String> abandoned = new ConcurrentLinkedQueue<>();
    final AtomicInteger stored = new AtomicInteger();
    private final Map<String, AtomicLong> numbers = new ConcurrentHashMap<>();

    SpoolUnderTest(Path directory) {
        this(SpoolSettings.embedded(directory.resolve("spool")), directory);
    }

    SpoolUnderTest(SpoolSettings settings, Path directory) {
        this.spill = new SpillStore(directory.resolve("spill"), 1L << 40);
        this.spool = new Spool(settings, spill, new Feed(0), () -> {});
    }

    static SpoolSettings settings(Path directory, String capacity) {
        SpoolSettings defaults = SpoolSettings.embedded(directory.resolve("spool"));
        return new SpoolSettings(
                defaults.directory(),
                DataSize.parse(capacity),
                defaults.reserve(),
                defaults.largeFrom(),
                List.of(),
                "",
                "");
    }

    static SpooledConnection connection(String id) {
        InetAddress host = InetAddress.getLoopbackAddress();
        return new SpooledConnection(
                id,
                Instant.ofEpochSecond(1_700_000_000),
                new InetSocketAddress(host, 50123),
                new InetSocketAddress(host, 8001),
                StandardCharsets.UTF_8);
    }

    SpoolQueue queue() {
        return spool.queue(LISTENER);
    }

    /** Payloads that were read together, with something between them that is none of theirs. */
    Frames frames(String... payloads) {
        ByteBuf buffer = Unpooled.buffer();
        int[] bounds = new int[2 * payloads.length];
        long bytes = 0;
        for (int i = 0; i < payloads.length; i++) {
            buffer.writeByte('<');
            bounds[2 * i] = buffer.writerIndex();
            buffer.writeCharSequence(payloads[i], StandardCharsets.UTF_8);
            bounds[2 * i + 1] = buffer.writerIndex();
            bytes += bounds[2 * i + 1] - bounds[2 * i];
            buffer.writeByte('>');
        }
        intake.acquire(bytes);
        long now = System.nanoTime();
        return new Frames(buffer, bounds, bytes, now, now, intake, bytes);
    }

    void append(String connection, String... payloads) {
        append(connection, frames(payloads));
    }

    void append(String connection, Content content) {
        long number =
                numbers.computeIfAbsent(connection, id -> new AtomicLong(1))
                        .getAndAdd(content.count());
        queue().append(connection(connection), number, content, new Counting());
    }

    /** Reads, and says of everything at once that it is done. */
    SpoolReader readAndDo() {
        return queue().read(
                        BOUND,
                        entry -> {
                            note(entry);
                            entry.content().release();
                            entry.done();
                        });
    }

    /** Reads, and keeps what it gets. */
    SpoolReader readAndKeep(long bound) {
        return queue().read(
                        bound,
                        entry -> {
                            note(entry);
                            entries.add(entry);
                        });
    }

    private void note(SpooledEntry entry) {
        for (int i = 0; i < entry.content().count(); i++) {
            received.add(
                    "%s.%d %s"
                            .formatted(
                                    entry.connection().id(),
                                    entry.firstNumber() + i,
                                    text(entry.content(), i)));
        }
    }

    private static String text(Content content, int index) {
        if (content instanceof Frames frames) {
            return frames.buffer()
                    .toString(
                            frames.start(index), (int) frames.size(index), StandardCharsets.UTF_8);
        }
        try (var in = ((SpilledFrame) content).stream()) {
            return "large " + in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was received of one connection, in order. */
    List<String> receivedOf(String connection) {
        return new ArrayList<>(received)
                .stream().filter(one -> one.startsWith(connection + ".")).toList();
    }

    @Override
    public void close() {
        spool.close();
        spill.close();
    }

    private final class Counting implements Receipt {

        @Override
        public void stored() {
            stored.incrementAndGet();
        }

        @Override
        public void abandoned(String reason) {
            abandoned.add(reason);
        }
    }
}
