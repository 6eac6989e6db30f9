package io.dermaga.engine.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.payload.GrowingPayload;
import io.dermaga.engine.payload.Place;
import io.dermaga.engine.payload.SpillFile;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.payload.SpilledFrame;
import io.dermaga.engine.settings.OnOversize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An assembler on buffers of its own; closing it proves that all of them were given back. */
final class AssemblyUnderTest implements Assembly, AutoCloseable {

    private static final SpillFile.Observer NOBODY =
            new SpillFile.Observer() {
                @Override
                public void written(long pendingBytes) {
                    // nothing waits for it
                }

                @Override
                public void failed(IOException cause) {
                    throw new UncheckedIOException(cause);
                }
            };

    private final ByteBudget budget = new ByteBudget(1 << 20, null);
    private final SpillStore store =
            new SpillStore(Path.of(System.getProperty("java.io.tmpdir"), "dermaga-test"), 1 << 20);
    private final List<Content> contents = new ArrayList<>();
    private final List<String> payloads = new ArrayList<>();
    private final List<Long> originalSizes = new ArrayList<>();
    private final List<Long> firstBytes = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<LostBytes> lost = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final Map<String, String> attributes = new HashMap<>();
    private final List<ByteBuf> chunks = new ArrayList<>();
    private final Assembler assembler;
    private int skipped;
    private long payloadBytes;
    private long lostBytes;

    AssemblyUnderTest(String framing, long maxPayload) {
        this(framing, maxPayload, 1 << 20);
    }

    AssemblyUnderTest(String framing, long maxPayload, long spillThreshold) {
        this(framing, false, options(maxPayload, OnOversize.CLOSE), spillThreshold);
    }

    AssemblyUnderTest(Example example, FramingOptions options) {
        this(example.framing(), example.keep(), options, 1 << 20);
    }

    AssemblyUnderTest(String framing, boolean keep, FramingOptions options, long spillThreshold) {
        this(framing, keep, options, spillThreshold, new Chunk());
    }

    /** Of a connection on the event loop that reads the chunk. */
    AssemblyUnderTest(Example example, FramingOptions options, Chunk chunk) {
        this(example.framing(), example.keep(), options, 1 << 20, chunk);
    }

    private AssemblyUnderTest(
            String framing,
            boolean keep,
            FramingOptions options,
            long spillThreshold,
            Chunk chunk) {
        GrowingPayload growing =
                new GrowingPayload(UnpooledByteBufAllocator.DEFAULT, budget, store, NOBODY);
        this.assembler =
                new Assembler(
                        Framing.parse(framing, keep, AssemblyUnderTest.class.getClassLoader()),
                        options,
                        spillThreshold,
                        budget,
                        growing,
                        chunk,
                        this);
    }

    static FramingOptions options(long maxPayload, OnOversize onOversize) {
        return new FramingOptions(maxPayload, onOversize, true, false, false);
    }

    @Override
    public void complete(Content content) {
        contents.add(content);
        for (int i = 0; i < content.count(); i++) {
            payloads.add(new String(bytes(content, i), StandardCharsets.ISO_8859_1));
            originalSizes.add(content.originalSize(i));
            firstBytes.add(content.firstByteNanos(i));
            places.add(new Place(content.streamStart(i), content.streamEnd(i), content.reads(i)));
        }
    }

    @Override
    public void lost(LostBytes bytes) {
        lost.add(bytes);
    }

    @Override
    public void skipped() {
        skipped++;
    }

    @Override
    public void counted(long complete, long completeBytes, long lostSize) {
        payloadBytes += completeBytes;
        lostBytes += lostSize;
    }

    @Override
    public void answer(byte[] bytes) {
        answers.add(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void attribute(String name, String value) {
        attributes.put(name, value);
    }

    long payloadBytes() {
        return payloadBytes;
    }

    long lostBytes() {
        return lostBytes;
    }

    List<LostBytes> lost() {
        return lost;
    }

    int skippedPayloads() {
        return skipped;
    }

    List<String> answers() {
        return answers;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    List<Long> originalSizes() {
        return originalSizes;
    }

    /** {@link System#nanoTime()} of the first byte of each payload's frame. */
    List<Long> firstBytes() {
        return firstBytes;
    }

    /** Where the frames of the payloads lie in the stream. */
    List<Place> places() {
        return places;
    }

    private static byte[] bytes(Content content, int index) {
        int size = (int) content.size(index);
        if (content instanceof Frames frames) {
            return ByteBufUtil.getBytes(frames.buffer(), frames.start(index), size);
        }
        try (InputStream in = ((SpilledFrame) content).stream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Assembler assembler() {
        return assembler;
    }

    /** Bytes in memory of the payload that is not complete. */
    long growingMemory() {
        return assembler.growing().memoryBytes();
    }

    long budgetUsed() {
        return budget.used();
    }

    List<String> payloads() {
        return payloads;
    }

    AssemblyUnderTest read(byte[] stream, int from, int to) throws FramingException {
        ByteBuf chunk = PooledByteBufAllocator.DEFAULT.buffer(Math.max(64, to - from));
        chunk.writeBytes(stream, from, to - from);
        chunks.add(chunk);
        try {
            assembler.read(chunk, System.nanoTime());
        } finally {
            chunk.release();
        }
        return this;
    }

    AssemblyUnderTest read(String text) throws FramingException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return read(bytes, 0, bytes.length);
    }

    AssemblyUnderTest end() throws FramingException {
        assembler.end(System.nanoTime());
        return this;
    }

    private static boolean isHeld(ByteBuf chunk) {
        return chunk.refCnt() != 0;
    }

    @Override
    public void close() {
        contents.forEach(Content::release);
        assembler.growing().discard();
        store.close();
        if (budget.used() != 0
                || store.used() != 0
                || chunks.stream().anyMatch(AssemblyUnderTest::isHeld)) {
            assertThat(budget.used()).as("budget after release").isZero();
            assertThat(store.used()).as("disk after release").isZero();
            assertThat(chunks)
                    .as("chunks that nobody gave back")
                    .noneMatch(AssemblyUnderTest::isHeld);
        }
    }
}
