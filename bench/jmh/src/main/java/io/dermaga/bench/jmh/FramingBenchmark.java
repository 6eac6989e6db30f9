package io.dermaga.bench.jmh;

import io.dermaga.engine.framing.Assembler;
import io.dermaga.engine.framing.Assembly;
import io.dermaga.engine.framing.Chunk;
import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.framing.FramingException;
import io.dermaga.engine.framing.FramingOptions;
import io.dermaga.engine.framing.LostBytes;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.GrowingPayload;
import io.dermaga.engine.payload.SpillFile;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.settings.OnOversize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Payloads are found in chunks of nearly 64 KiB that hold whole frames; an operation is one. */
@State(Scope.Thread)
public class FramingBenchmark implements Assembly {

    /** Payloads of an invocation. It has many divisors, so that chunks of each size are full. */
    private static final int PAYLOADS = 8820;

    private static final int MOST_CHUNK_BYTES = 64 * 1024;

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

    @Param({"lines", "length(4)", "length(2)"})
    public String framing = "lines";

    /** Its size without header or line end. */
    @Param({"32", "100", "1024"})
    public int payload;

    private final ByteBuf chunk = PooledByteBufAllocator.DEFAULT.directBuffer(MOST_CHUNK_BYTES);
    private final ByteBudget budget = new ByteBudget(Long.MAX_VALUE, null);
    private final SpillStore store =
            new SpillStore(Path.of(System.getProperty("java.io.tmpdir"), "dermaga-bench"), 0);
    private Assembler assembler = assembler();
    private int chunks;
    private long found;

    private Assembler assembler() {
        return new Assembler(
                Framing.parse(framing, false, FramingBenchmark.class.getClassLoader()),
                new FramingOptions(MOST_CHUNK_BYTES, OnOversize.CLOSE, true, false, false),
                MOST_CHUNK_BYTES,
                budget,
                new GrowingPayload(PooledByteBufAllocator.DEFAULT, budget, store, NOBODY),
                new Chunk(),
                this);
    }

    @Override
    public void complete(Content content) {
        found += content.count();
        content.release();
    }

    @Override
    public void lost(LostBytes lost) {
        throw new IllegalStateException(lost.text());
    }

    @Override
    public void counted(long complete, long completeBytes, long lostBytes) {
        // the contents are counted
    }

    @Override
    public void skipped() {
        throw new IllegalStateException("no payload here is empty");
    }

    @Override
    public void answer(byte[] bytes) {
        throw new IllegalStateException("no framing here answers");
    }

    @Override
    public void attribute(String name, String value) {
        throw new IllegalStateException("no framing here tells facts");
    }

    /** The chunk. */
    @Setup(Level.Trial)
    public void fill() {
        assembler = assembler();
        int frame = payload + (framing.equals("lines") ? 1 : header());
        int frames = MOST_CHUNK_BYTES / frame;
        while (PAYLOADS % frames != 0) {
            frames--;
        }
        chunks = PAYLOADS / frames;
        for (int i = 0; i < frames; i++) {
            if (framing.equals("lines")) {
                chunk.writeBytes("x".repeat(payload).getBytes(StandardCharsets.US_ASCII))
                        .writeByte('\n');
            } else {
                chunk.writeZero(header() - 2).writeShort(payload).writeZero(payload);
            }
        }
    }

    private int header() {
        return framing.charAt(framing.indexOf('(') + 1) - '0';
    }

    /** As many chunks as hold all payloads. */
    @Benchmark
    @OperationsPerInvocation(PAYLOADS)
    public long assemble() throws FramingException {
        found = 0;
        for (int i = 0; i < chunks; i++) {
            assembler.read(chunk, i);
        }
        if (found != PAYLOADS) {
            throw new IllegalStateException("payloads: found=" + found + " sent=" + PAYLOADS);
        }
        return found;
    }

    /** Gives memory and thread back. */
    @TearDown(Level.Trial)
    public void end() {
        chunk.release();
        store.close();
    }
}
