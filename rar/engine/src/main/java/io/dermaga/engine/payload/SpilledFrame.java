package io.dermaga.engine.payload;

import java.io.IOException;
import java.io.InputStream;

/** One large payload, on disk. */
public final class SpilledFrame implements Content {

    private final SpillFile file;
    private final long size;
    private final long firstByteNanos;
    private final long lastByteNanos;
    private final long cut;
    private final Place place;

    /**
     * @param cut bytes that it was shortened by
     * @param place of its frame
     */
    SpilledFrame(
            SpillFile file,
            long size,
            long firstByteNanos,
            long lastByteNanos,
            long cut,
            Place place) {
        this.file = file;
        this.size = size;
        this.cut = cut;
        this.place = place;
        this.firstByteNanos = firstByteNanos;
        this.lastByteNanos = lastByteNanos;
    }

    /**
     * The content from its first byte. Blocks until everything is written, so never call it on an
     * event loop.
     *
     * @throws IOException if the payload could not be kept on disk
     */
    public InputStream stream() throws IOException {
        file.awaitWritten();
        return file.stream(size);
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public long bytes() {
        return size;
    }

    @Override
    public long size(int index) {
        return size;
    }

    @Override
    public long originalSize(int index) {
        return size + cut;
    }

    @Override
    public long firstByteNanos(int index) {
        return firstByteNanos;
    }

    @Override
    public long lastByteNanos() {
        return lastByteNanos;
    }

    @Override
    public long streamStart(int index) {
        return place.start();
    }

    @Override
    public long streamEnd(int index) {
        return place.end();
    }

    @Override
    public int reads(int index) {
        return place.reads();
    }

    @Override
    public void release() {
        file.close();
    }
}
