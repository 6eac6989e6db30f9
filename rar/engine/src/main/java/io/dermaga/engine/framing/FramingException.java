package io.dermaga.engine.framing;

import io.dermaga.api.CloseReason;
import io.netty.buffer.ByteBuf;
import java.util.HexFormat;

/** The stream of a connection cannot be read on. */
public final class FramingException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int CONTEXT_BYTES = 12;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final CloseReason reason;

    /** Index of the byte in its chunk; -1 if the fault is at no byte. */
    private final int at;

    private final long rest;

    private FramingException(CloseReason reason, int at, String message, long rest) {
        super(message, null, false, false);
        this.reason = reason;
        this.at = at;
        this.rest = rest;
    }

    static FramingException oversize(long size, long limit) {
        return new FramingException(
                CloseReason.OVERSIZE,
                -1,
                "DMG2103 payload of "
                        + size
                        + " bytes or more exceeds maxPayload="
                        + limit
                        + " bytes",
                0);
    }

    /**
     * The bytes do not follow the framing.
     *
     * @param at index in the chunk of the byte that is wrong
     * @param expected what should be there, in words
     */
    static FramingException unexpected(int at, String expected) {
        return new FramingException(CloseReason.FRAMING_ERROR, at, expected, 0);
    }

    /**
     * This fault with its place in the stream.
     *
     * @param chunk that was scanned
     * @param offset of the chunk's first byte in the stream
     * @param unread see {@link #rest()}
     */
    FramingException in(Framing framing, ByteBuf chunk, long offset, long unread) {
        return new FramingException(
                reason, -1, at < 0 ? message() : text(framing, chunk, offset), unread);
    }

    private String text(Framing framing, ByteBuf chunk, long offset) {
        return "DMG2104 byte %d of the stream does not follow framing '%s': expected %s; bytes: %s"
                .formatted(
                        offset + at - chunk.readerIndex(),
                        framing.form(),
                        message(),
                        around(chunk, at));
    }

    private String message() {
        return String.valueOf(getMessage());
    }

    /** The bytes around one, in hex; the one in brackets. */
    static String around(ByteBuf chunk, int at) {
        int from = Math.max(chunk.readerIndex(), at - CONTEXT_BYTES);
        int to = Math.min(chunk.writerIndex(), at + CONTEXT_BYTES + 1);
        StringBuilder text = new StringBuilder(from > chunk.readerIndex() ? "… " : "");
        for (int i = from; i < to; i++) {
            String hex = HEX.toHexDigits(chunk.getByte(i));
            text.append(i == at ? "[" + hex + "]" : hex).append(' ');
        }
        return text.append(to < chunk.writerIndex() ? "…" : "").toString().strip();
    }

    /** What the connection is closed with. */
    public CloseReason reason() {
        return reason;
    }

    /**
     * Bytes that were read and belong to nothing that was told of, nor to the unfinished payload.
     */
    public long rest() {
        return rest;
    }
}
