package io.dermaga.dashboard.page;

import io.dermaga.dashboard.text.HexDump;
import io.dermaga.dashboard.text.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The beginning of some content, as a page shows it.
 *
 * @param bytes at most {@link #MOST_BYTES}
 * @param whole whether that is all of it
 * @param charset name of its charset
 */
public record Excerpt(ByteBuffer bytes, boolean whole, String charset) {

    /** How many bytes of a content a page shows. */
    static final int MOST_BYTES = 16 * 1024;

    public Excerpt {
        bytes = bytes.asReadOnlyBuffer();
    }

    static Excerpt of(ByteBuffer content, String charset) {
        ByteBuffer bytes = content.duplicate();
        boolean whole = bytes.remaining() <= MOST_BYTES;
        bytes.limit(bytes.position() + Math.min(MOST_BYTES, bytes.remaining()));
        return new Excerpt(bytes, whole, charset);
    }

    /** Reads no more of the stream than is shown, and a byte to see whether there is more. */
    static Excerpt of(InputStream content, String charset) throws IOException {
        return of(ByteBuffer.wrap(content.readNBytes(MOST_BYTES + 1)), charset);
    }

    /** The bytes: a view of its own for every caller. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** How many bytes are shown. */
    public int shown() {
        return bytes.remaining();
    }

    public String text() {
        return Visible.decode(bytes(), charset);
    }

    public List<HexDump.Row> hex() {
        return HexDump.of(bytes(), MOST_BYTES);
    }
}
