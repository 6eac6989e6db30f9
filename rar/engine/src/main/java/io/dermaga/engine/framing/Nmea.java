package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Sentences of NMEA 0183 (IEC 61162-1), over TCP as receivers and multiplexers send them.
 *
 * <pre>
 *  bytes    24 47 50 .. 2a 34 37 0d 0a     payload  24 47 50 .. 2a 34 37     $GP…*47
 * </pre>
 *
 * A sentence begins with {@code $} or {@code !}, or with a tag block between two {@code \} before
 * that; it ends in CRLF (an LF alone is taken). If it has a checksum, the exclusive or of the bytes
 * between the start and {@code *}, that must be right: else the sentence is discarded and told of.
 */
record Nmea(boolean keepEnvelope) implements Framing {

    @Override
    public String form() {
        return "nmea";
    }

    @Override
    public Likeness likeness(ByteBuf head) {
        byte[] start = Head.bytes(head, 3);
        if (start[0] == '\\') {
            return Likeness.YES;
        }
        if (start[0] != '$' && start[0] != '!') {
            return Likeness.NO;
        }
        for (int i = 1; i < start.length; i++) {
            if (start[i] < 'A' || start[i] > 'Z') {
                return Likeness.NO;
            }
        }
        return start.length < 3 ? Likeness.MORE : Likeness.YES;
    }

    @Override
    public Scanner newScanner() {
        return new LineScanner(LineEnding.LF_OR_CRLF, keepEnvelope, new SentenceCheck());
    }

    private static final class SentenceCheck extends LineCheck {

        private enum Part {
            BEFORE,
            TAG_BLOCK,
            TAGGED,
            DATA,
            CHECKSUM,
            AFTER,
            WRONG
        }

        private Part part = Part.BEFORE;
        private int sum;
        private int given;
        private int digits;

        @Override
        void see(byte b) {
            switch (part) {
                case BEFORE, TAGGED -> before(b);
                case TAG_BLOCK -> part = b == '\\' ? Part.TAGGED : part;
                case DATA -> data(b);
                case CHECKSUM -> checksum(b);
                case AFTER -> part = b == '\r' ? part : Part.WRONG;
                case WRONG -> {}
            }
        }

        private void before(byte b) {
            if (b == '$' || b == '!') {
                part = Part.DATA;
            } else if (b == '\\' && part == Part.BEFORE) {
                part = Part.TAG_BLOCK;
            } else if (b != '\r') {
                part = Part.WRONG;
            }
        }

        private void data(byte b) {
            if (b == '*') {
                part = Part.CHECKSUM;
            } else if (b != '\r') {
                sum ^= b;
            }
        }

        private void checksum(byte b) {
            int digit = Character.digit(b, 16);
            if (digit < 0) {
                part = Part.WRONG;
                return;
            }
            given = given * 16 + digit;
            if (++digits == 2) {
                part = given == (sum & 0xff) ? Part.AFTER : Part.WRONG;
            }
        }

        @Override
        @Nullable String verdict() {
            Part ended = part;
            part = Part.BEFORE;
            sum = 0;
            given = 0;
            digits = 0;
            return switch (ended) {
                case BEFORE -> BLANK;
                case DATA, AFTER -> null;
                default -> "$ or !, data, and after * the right checksum";
            };
        }
    }
}
