package io.dermaga.engine.framing;

import io.dermaga.engine.reply.PayloadHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * How payloads are told apart in the byte stream of a connection. One object for each listener,
 * immutable; docs/framings.md tells of each.
 */
public sealed interface Framing
        permits Auto,
                Custom,
                Delimiter,
                Dicom,
                EndOfStream,
                Fix,
                Fixed,
                Graphite,
                Iso8583,
                Json,
                JsonSequence,
                LengthHeader,
                Lines,
                Mllp,
                Modbus,
                Ndjson,
                Nmea,
                Smpp,
                StartEnd,
                Stomp,
                Syslog,
                Teltonika,
                Tpkt {

    /** A new scanner, for one connection. */
    Scanner newScanner();

    /** How it is written in a setting. */
    String form();

    /**
     * Whether the beginning of a stream is this framing's.
     *
     * @param head the first bytes of a connection, at least one
     */
    default Likeness likeness(ByteBuf head) {
        return Likeness.ANYTHING;
    }

    /**
     * Whether the peer can be told of a failed delivery by a reset instead of an orderly end,
     * because a connection carries one payload.
     */
    default boolean answersByClosing() {
        return false;
    }

    /**
     * What the protocol answers when the delivery of a payload has ended; null if nothing.
     *
     * @param payload its beginning, envelope included if that is kept
     */
    default byte @Nullable [] outcome(boolean delivered, PayloadHead payload) {
        return null;
    }

    /** Whether {@link #outcome} may be something. */
    default boolean answersOutcome() {
        return false;
    }

    /**
     * Whether what the bean replies comes after {@link #outcome}, instead of in its place: that is
     * then about the transport alone.
     */
    default boolean answersBesideReplies() {
        return false;
    }

    /**
     * Whether a payload ends with a delimiter, so that the end of the stream could stand for it.
     */
    default boolean isDelimited() {
        return false;
    }

    /** Whether it is made for HL7 v2 messages. */
    default boolean carriesHl7() {
        return false;
    }

    /**
     * Reads the written form, as {@code length(4,including)}.
     *
     * @param keepEnvelope whether a payload has the bytes around it that the framing takes off
     * @param classes finds the class of {@code custom(class)}
     * @throws IllegalArgumentException if it is no framing
     */
    static Framing parse(String text, boolean keepEnvelope, ClassLoader classes) {
        return Catalog.parse(text, keepEnvelope, classes);
    }

    /** Whether bytes look like a framing. */
    enum Likeness {
        /** They cannot be. */
        NO,
        /** More bytes are needed to tell. */
        MORE,
        /** They are, to the best of what can be known. */
        YES,
        /** Any bytes could be. */
        ANYTHING
    }

    /**
     * Finds the boundaries in the stream of one connection. Keeps what it must remember between
     * chunks; confined to the event loop of the connection.
     */
    interface Scanner {

        /**
         * Looks through a chunk and tells the sink of every payload that ends in it, in order, then
         * of the one that goes on in the next chunk, if any. The chunk's indices are not changed.
         *
         * @throws FramingException if the bytes do not follow the framing
         */
        void scan(ByteBuf chunk, FrameSink sink) throws FramingException;

        /**
         * The stream has ended orderly, before {@link #endCompletes} is asked.
         *
         * @throws FramingException if what was kept does not follow the framing
         */
        default void end(FrameSink sink) throws FramingException {
            // nothing is kept
        }

        /** Bytes that are kept here, of which it is not known yet what they are. */
        default long kept() {
            return 0;
        }

        /** The end stands for the delimiter of the payload that was carried over. */
        default void tail(FrameSink sink) throws FramingException {
            sink.frame(0, 0, 0, 0);
        }

        /** The framing that is followed: another one than configured if that one chooses. */
        default Framing followed(Framing configured) {
            return configured;
        }

        /**
         * The stream has ended orderly.
         *
         * @return whether the bytes of the unfinished payload, if any, are a payload
         */
        default boolean endCompletes() {
            return false;
        }

        /**
         * Bytes that are still to come before the unfinished frame is complete, as far as they are
         * known: a large frame is then read as a whole. 0 if nothing is known.
         */
        default long missing() {
            return 0;
        }

        /** Whether no byte of an unfinished frame is remembered here (carried bytes aside). */
        default boolean betweenFrames() {
            return true;
        }
    }
}
