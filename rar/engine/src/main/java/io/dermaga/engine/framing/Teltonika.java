package io.dermaga.engine.framing;

import io.dermaga.engine.reply.PayloadHead;
import io.netty.buffer.ByteBuf;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * AVL data of Teltonika trackers over TCP: Codec 8, 8 extended, 16 and those of commands (Teltonika
 * Telematics Wiki, "Teltonika Data Sending Protocols").
 *
 * <pre>
 *  bytes    00 0f 33 35 36 .. 35         IMEI of 15 digits: answered with 01, no payload
 *  bytes    00 00 00 00 00 00 00 36 08 01 .. 01 00 00 c7 cf      payload  08 01 .. 01
 *           |           |           |           +- CRC-16 of the data, low half
 *           |           |           +- data: codec, number of records, records, number of records
 *           |           +- length of the data
 *           +- preamble
 * </pre>
 *
 * The IMEI is the connection's attribute {@code teltonika.imei}. Data with a wrong CRC is discarded
 * and told of. Data is answered when its delivery has ended: by the number of its records in four
 * bytes, or by 0, after which the tracker sends it again. FF between packets keeps the connection
 * alive.
 */
record Teltonika(boolean keepEnvelope) implements Framing {

    private static final String ATTRIBUTE = "teltonika.imei";
    private static final int IMEI_DIGITS = 15;
    private static final byte[] ACCEPTED = {1};

    /** Preamble and length. */
    private static final int HEADER_BYTES = 8;

    /** Codec 8, 8 extended, 16. */
    private static final Set<Byte> RECORD_CODECS = Set.of((byte) 0x08, (byte) 0x8e, (byte) 0x10);

    @Override
    public String form() {
        return "teltonika";
    }

    /** The number of records that were taken; commands (codecs 12 to 14) are not answered. */
    @Override
    public byte @Nullable [] outcome(boolean delivered, PayloadHead payload) {
        int at = keepEnvelope ? HEADER_BYTES : 0;
        byte[] head = payload.first(at + 2);
        if (head.length == 0) {
            return new byte[4]; // lost: it is to be sent again
        }
        boolean hasRecords = head.length == at + 2 && RECORD_CODECS.contains(head[at]);
        return hasRecords ? new byte[] {0, 0, 0, delivered ? head[at + 1] : 0} : null;
    }

    @Override
    public boolean answersOutcome() {
        return true;
    }

    @Override
    public Likeness likeness(ByteBuf head) {
        Likeness length = Head.startsWith(head, (byte) 0, (byte) IMEI_DIGITS);
        int digit = Head.at(head, 2);
        if (length != Likeness.YES) {
            return length;
        }
        if (digit < 0) {
            return Likeness.MORE;
        }
        return digit >= '0' && digit <= '9' ? Likeness.YES : Likeness.NO;
    }

    @Override
    public Scanner newScanner() {
        return new PacketScanner(keepEnvelope);
    }

    private static final class PacketScanner implements Scanner {

        private static final int PING = 0xff;

        private enum State {
            IMEI_LENGTH(2),
            IMEI(IMEI_DIGITS),
            BETWEEN(0),
            PREAMBLE(4),
            LENGTH(4),
            DATA(0),
            CRC(4);

            private final int bytes;

            State(int bytes) {
                this.bytes = bytes;
            }
        }

        private final boolean keep;
        private final Crc16 crc = new Crc16();
        private final StringBuilder imei = new StringBuilder(IMEI_DIGITS);
        private State state = State.IMEI_LENGTH;
        private int seen; // bytes of this state's field
        private long value; // of this state's field
        private long missing; // of the data

        PacketScanner(boolean keep) {
            this.keep = keep;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int limit = chunk.writerIndex();
            int at = chunk.readerIndex();
            int from = at; // of the payload in this chunk
            while (at < limit) {
                if (state == State.DATA) {
                    int here = (int) Math.min(missing, limit - at);
                    crc.update(chunk, at, at + here);
                    missing -= here;
                    at += here;
                    if (missing == 0) {
                        enter(State.CRC);
                    }
                    continue;
                }
                int b = chunk.getUnsignedByte(at);
                if (state == State.BETWEEN) {
                    if (b == PING) {
                        sink.pass(++at);
                        continue;
                    }
                    enter(State.PREAMBLE);
                    from = at;
                }
                field(b, at, from, sink);
                at++;
                if (state == State.DATA && !keep) {
                    from = at; // its header has just ended
                }
            }
            carry(from, limit, sink);
        }

        private void carry(int from, int limit, FrameSink sink) throws FramingException {
            boolean inData = state == State.DATA || state == State.CRC;
            boolean inPacket = inData || state == State.PREAMBLE || state == State.LENGTH;
            if (from < limit && (keep ? inPacket : inData)) {
                sink.partial(from, limit, state == State.CRC && !keep ? seen : 0);
            }
        }

        private void enter(State next) {
            state = next;
            seen = 0;
            value = 0;
        }

        /** A byte of a field, at an index of the chunk. */
        private void field(int b, int at, int from, FrameSink sink) throws FramingException {
            value = value << 8 | b;
            if (state == State.IMEI) {
                imeiDigit(b, at);
            }
            if (++seen < state.bytes) {
                return;
            }
            switch (state) {
                case IMEI_LENGTH -> {
                    require(value == IMEI_DIGITS, at, "an IMEI of 15 digits, after 00 0f");
                    enter(State.IMEI);
                }
                case IMEI -> {
                    sink.attribute(ATTRIBUTE, imei.toString());
                    sink.answer(ACCEPTED.clone());
                    sink.pass(at + 1);
                    enter(State.BETWEEN);
                }
                case PREAMBLE -> {
                    require(value == 0, at, "four bytes of zero before each packet");
                    enter(State.LENGTH);
                }
                case LENGTH -> {
                    require(value > 0, at, "a length from 1 on, given 0");
                    missing = value;
                    sink.announce(missing);
                    crc.reset();
                    enter(State.DATA);
                }
                default -> complete(from, at + 1, sink);
            }
        }

        private void imeiDigit(int b, int at) throws FramingException {
            require(b >= '0' && b <= '9', at, "an IMEI of 15 digits");
            imei.append((char) b);
        }

        private static void require(boolean condition, int at, String expected)
                throws FramingException {
            if (!condition) {
                throw FramingException.unexpected(at, expected);
            }
        }

        private void complete(int from, int end, FrameSink sink) throws FramingException {
            boolean right = value == crc.value();
            int trailer = keep ? 0 : State.CRC.bytes;
            int here = Math.min(trailer, end - from);
            if (right) {
                sink.frame(from, end - here, trailer - here, end);
            } else {
                String expected = "CRC %04x, given %08x".formatted(crc.value(), value);
                sink.invalid(from, end - here, trailer - here, end, expected);
            }
            enter(State.BETWEEN);
        }

        @Override
        public long missing() {
            return state == State.DATA ? missing + State.CRC.bytes : 0;
        }

        @Override
        public boolean betweenFrames() {
            return state == State.BETWEEN || (state == State.IMEI_LENGTH && seen == 0);
        }
    }
}
