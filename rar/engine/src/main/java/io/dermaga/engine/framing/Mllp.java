package io.dermaga.engine.framing;

import io.dermaga.engine.reply.Hl7Acknowledgement;
import io.dermaga.engine.reply.PayloadHead;
import io.netty.buffer.ByteBuf;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The minimal lower layer protocol of HL7 (HL7 v3 Transport Specification: MLLP, release 1 and
 * release 2; HL7 v2.x Implementation Guide, appendix C).
 *
 * <pre>
 *  bytes    0b 4d 53 48 7c .. 0d 1c 0d        payload  4d 53 48 7c .. 0d
 *             S  M  S  H  |    CR E  CR
 * </pre>
 *
 * A block is a start byte (0B), the content, and an end byte (1C) with CR. Neither 0B nor 1C may be
 * in the content, which is true of every charset that HL7 v2 allows but the 16-bit ones. In strict
 * mode anything else is a framing error. {@code lenient} is for what is found in the field: an end
 * byte without CR; white space between blocks; other bytes between blocks, which are discarded and
 * told of; a block that begins before the last one has ended, which discards the last one.
 *
 * <p>Release 1 answers each HL7 v2 message when its delivery has ended, unless the bean replies: by
 * an acknowledgement made of its MSH, AA or AE ({@link Hl7Acknowledgement}). What is no HL7 v2 gets
 * no answer. Release 2 answers each block when its delivery has ended: {@code 0b 06 1c 0d} (ACK) or
 * {@code 0b 15 1c 0d} (NAK). Such a block of the peer, which answers one of ours, is no payload.
 */
record Mllp(int release, boolean lenient, boolean keepEnvelope) implements Framing {

    private static final byte START = 0x0b;
    private static final byte END = 0x1c;
    private static final byte CR = 0x0d;
    private static final byte ACK = 0x06;
    private static final byte NAK = 0x15;

    static Mllp of(Form form, Catalog.Terms terms, int release) {
        return new Mllp(release, form.flag("lenient"), terms.keepEnvelope());
    }

    @Override
    public String form() {
        return (release == 2 ? "mllp-r2" : "mllp") + (lenient ? "(lenient)" : "");
    }

    @Override
    public Likeness likeness(ByteBuf head) {
        return head.getByte(head.readerIndex()) == START ? Likeness.YES : Likeness.NO;
    }

    /** Release 1: the acknowledgement of an HL7 v2 message. Release 2: that of the block. */
    @Override
    public byte @Nullable [] outcome(boolean delivered, PayloadHead payload) {
        if (release == 2) {
            return new byte[] {START, delivered ? ACK : NAK, END, CR};
        }
        byte[] content =
                Hl7Acknowledgement.of(
                        keepEnvelope ? most -> withoutStart(payload.first(most)) : payload,
                        delivered ? "AA" : "AE",
                        OffsetDateTime.now(ZoneId.systemDefault()));
        return content == null ? null : block(content);
    }

    private static byte[] withoutStart(byte[] head) {
        return Arrays.copyOfRange(head, Math.min(1, head.length), head.length);
    }

    private static byte[] block(byte[] content) {
        byte[] block = new byte[content.length + 3];
        block[0] = START;
        System.arraycopy(content, 0, block, 1, content.length);
        block[content.length + 1] = END;
        block[content.length + 2] = CR;
        return block;
    }

    @Override
    public boolean answersOutcome() {
        return true;
    }

    @Override
    public boolean carriesHl7() {
        return true;
    }

    @Override
    public boolean answersBesideReplies() {
        return release == 2;
    }

    @Override
    public Scanner newScanner() {
        return new BlockScanner(this);
    }

    private static final class BlockScanner implements Scanner {

        private enum State {
            BETWEEN,
            CONTENT,
            /** The end byte was read. */
            ENDING
        }

        private final Mllp framing;
        private State state = State.BETWEEN;

        // of the block that is read: enough to know a commit acknowledgement
        private long contentBytes;
        private byte firstByte;

        BlockScanner(Mllp framing) {
            this.framing = framing;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int at = chunk.readerIndex();
            int limit = chunk.writerIndex();
            int from = at;
            while (at < limit) {
                switch (state) {
                    case BETWEEN -> {
                        at = between(chunk, at, limit, sink);
                        from = framing.keepEnvelope ? at - 1 : at;
                    }
                    case CONTENT -> at = content(chunk, from, at, limit, sink);
                    case ENDING -> at = ending(chunk, from, at, sink);
                }
            }
            if (state != State.BETWEEN && from < limit) {
                boolean decided = framing.keepEnvelope || state == State.CONTENT;
                sink.partial(from, limit, decided ? 0 : 1);
            }
        }

        /** Finds the start byte; returns the index after it, or the limit. */
        private int between(ByteBuf chunk, int at, int limit, FrameSink sink)
                throws FramingException {
            byte b = chunk.getByte(at);
            if (b == START) {
                begin();
                return at + 1;
            }
            if (!framing.lenient) {
                throw FramingException.unexpected(at, "the start byte 0b of a block");
            }
            if (JsonValue.isSpace(b)) {
                sink.pass(at + 1);
                return at + 1;
            }
            int next = at;
            while (next < limit && isStray(chunk.getByte(next))) {
                next++;
            }
            sink.stray(at, next, "the start byte 0b of a block");
            return next;
        }

        private static boolean isStray(byte b) {
            return b != START && !JsonValue.isSpace(b);
        }

        private void begin() {
            state = State.CONTENT;
            contentBytes = 0;
        }

        /** The index of the next end or start byte; -1 if there is none. */
        private static int endOrStart(ByteBuf chunk, int at, int limit) {
            for (int i = at; i < limit; i++) {
                byte b = chunk.getByte(i);
                if (b == END || b == START) {
                    return i;
                }
            }
            return -1;
        }

        /** Finds the end byte; returns the index after it, or the limit. */
        private int content(ByteBuf chunk, int from, int at, int limit, FrameSink sink)
                throws FramingException {
            int end = endOrStart(chunk, at, limit);
            int stop = end < 0 ? limit : end;
            int start = end >= 0 && chunk.getByte(end) == START ? end : -1;
            if (start >= 0) {
                if (!framing.lenient) {
                    throw FramingException.unexpected(start, "no start byte 0b in a block");
                }
                sink.invalid(from, start, 0, start, "the end bytes 1c 0d before the next block");
                state = State.BETWEEN;
                return start;
            }
            if (contentBytes == 0 && stop > at) {
                firstByte = chunk.getByte(at);
            }
            contentBytes += stop - at;
            if (end < 0) {
                return limit;
            }
            if (framing.lenient) { // a peer that sends no CR waits for the answer now
                complete(from, framing.keepEnvelope ? end + 1 : end, 0, end + 1, sink);
            } else {
                state = State.ENDING;
            }
            return end + 1;
        }

        /** Reads the CR after the end byte; returns the index after the block. */
        private int ending(ByteBuf chunk, int from, int at, FrameSink sink)
                throws FramingException {
            if (chunk.getByte(at) != CR) {
                throw FramingException.unexpected(at, "0d after the end byte 1c of a block");
            }
            if (framing.keepEnvelope) {
                complete(from, at + 1, 0, at + 1, sink);
            } else {
                boolean here = at > from; // the end byte is in this chunk
                complete(from, here ? at - 1 : at, here ? 0 : 1, at + 1, sink);
            }
            return at + 1;
        }

        private void complete(int from, int end, int trim, int next, FrameSink sink)
                throws FramingException {
            state = State.BETWEEN;
            if (isCommitAnswer()) {
                sink.none(next);
            } else {
                sink.frame(from, end, trim, next);
            }
        }

        private boolean isCommitAnswer() {
            return framing.release == 2
                    && contentBytes == 1
                    && (firstByte == ACK || firstByte == NAK);
        }

        @Override
        public boolean betweenFrames() {
            return state == State.BETWEEN;
        }
    }
}
