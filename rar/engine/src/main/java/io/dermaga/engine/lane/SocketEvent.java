package io.dermaga.engine.lane;

import io.dermaga.api.CloseReason;
import io.dermaga.api.TimeoutKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/** Something that happened to a connection besides payloads, in lane order. */
public sealed interface SocketEvent {

    /** What a bean may ask to be told of. */
    enum Kind {
        CONNECT,
        DATA,
        END,
        DRAIN,
        TIMEOUT,
        ERROR,
        CLOSE,
        /** Never told to a bean. */
        SETTLED
    }

    Kind kind();

    /** A peer has connected. */
    record Connect() implements SocketEvent {
        @Override
        public Kind kind() {
            return Kind.CONNECT;
        }
    }

    /**
     * A chunk was read.
     *
     * @param bytes owned by the lane
     */
    record Data(ByteBuf bytes) implements SocketEvent {
        @Override
        public Kind kind() {
            return Kind.DATA;
        }

        /**
         * The chunk as a {@code byte[]}, read-only {@code ByteBuffer}, {@code InputStream} or text.
         */
        public Object as(Class<?> type, Charset charset) {
            if (type == byte[].class) {
                return ByteBufUtil.getBytes(bytes);
            }
            if (type == ByteBuffer.class) {
                return ByteBuffer.wrap(ByteBufUtil.getBytes(bytes)).asReadOnlyBuffer();
            }
            return type == InputStream.class
                    ? new ByteArrayInputStream(ByteBufUtil.getBytes(bytes))
                    : bytes.toString(charset);
        }
    }

    /**
     * A payload will not come, or was left out: the protocol answers for it when everything before
     * is answered; no bean is told.
     */
    record Settled(boolean delivered) implements SocketEvent {
        @Override
        public Kind kind() {
            return Kind.SETTLED;
        }
    }

    /** The peer has ended its side. */
    record End() implements SocketEvent {
        @Override
        public Kind kind() {
            return Kind.END;
        }
    }

    /** The write buffer has emptied. */
    record Drain() implements SocketEvent {
        @Override
        public Kind kind() {
            return Kind.DRAIN;
        }
    }

    /** A deadline has passed. */
    record Timeout(TimeoutKind which) implements SocketEvent {
        @Override
        public Kind kind() {
            return Kind.TIMEOUT;
        }
    }

    /** The connection has failed. */
    record Failure(Throwable cause) implements SocketEvent {
        @Override
        public Kind kind() {
            return Kind.ERROR;
        }
    }

    /** The connection is closed; the last event. */
    record Close(CloseReason reason) implements SocketEvent {
        @Override
        public Kind kind() {
            return Kind.CLOSE;
        }
    }
}
