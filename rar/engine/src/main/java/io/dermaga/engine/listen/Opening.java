package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.settings.TlsMode;
import io.dermaga.engine.tls.FirstHandshake;
import io.dermaga.engine.tls.TlsContext;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What comes before the first payload: a PROXY header if a trusted proxy has connected, then a TLS
 * handshake. The {@link ConnectionHandler} behind hears of the connection when both are complete,
 * and never if they are not. On the event loop of the connection.
 */
final class Opening extends ChannelInboundHandlerAdapter {

    /** What it waits for. */
    private enum Stage {
        PROXY_HEADER,
        ENCRYPTION,
        NOTHING
    }

    private static final int MOST_TLV_BYTES = 4096;

    private final TcpConnection connection;
    private final Listener listener;

    /** Whether the connection was open in plain text before. */
    private final boolean upgrade;

    private Stage stage;

    private Opening(TcpConnection connection, Listener listener, Stage stage, boolean upgrade) {
        this.connection = connection;
        this.listener = listener;
        this.stage = stage;
        this.upgrade = upgrade;
    }

    /** Puts in front of a connection of a peer what it needs; its handler follows. */
    static void accepted(ChannelPipeline pipeline, TcpConnection connection, Listener listener) {
        shape(pipeline, listener);
        boolean proxied = listener.admission().isProxy(connection.remoteAddress().getAddress());
        boolean encrypted = isEncryptedFromTheStart(listener);
        if (encrypted) {
            pipeline.addLast(new HeldReads(connection));
        }
        if (proxied) {
            pipeline.addLast(new HAProxyMessageDecoder(MOST_TLV_BYTES));
        } else {
            connection.counted();
        }
        if (encrypted) {
            pipeline.addLast(new TlsOpening(connection, listener.tls()));
        }
        if (proxied || encrypted) {
            Stage first = proxied ? Stage.PROXY_HEADER : Stage.ENCRYPTION;
            connection.state(ConnectionState.OPENING);
            pipeline.addLast(new Opening(connection, listener, first, false));
        }
    }

    /**
     * Puts in front of a connection to a peer what it needs; its handler follows.
     *
     * @param target with the name of the host
     */
    static void dialed(
            ChannelPipeline pipeline,
            TcpConnection connection,
            Listener listener,
            InetSocketAddress target) {
        shape(pipeline, listener);
        connection.counted();
        if (isEncryptedFromTheStart(listener)) {
            connection.state(ConnectionState.OPENING);
            FirstHandshake handshake = handshake(connection, listener.tls());
            pipeline.addLast(
                    new HeldReads(connection),
                    handshake,
                    listener.tls()
                            .newHandler(
                                    pipeline.channel().alloc(),
                                    handshake,
                                    target.getHostString(),
                                    target.getPort()),
                    new Opening(connection, listener, Stage.ENCRYPTION, false));
        }
    }

    /** What a connection's handshake computes takes turns with that of other addresses. */
    static FirstHandshake handshake(TcpConnection connection, TlsContext tls) {
        return tls.newHandshake(
                connection.channel(), Admission.key(connection.remoteAddress().getAddress()));
    }

    private static void shape(ChannelPipeline pipeline, Listener listener) {
        ChannelHandler writes = listener.shaping().writes();
        if (writes != null) {
            pipeline.addLast(TcpConnection.SHAPING, writes);
        }
    }

    /** Whether it may be silent for as long as it likes, since TLS is optional. Any thread. */
    static boolean awaitsFirstByte(TcpConnection connection) {
        ChannelPipeline pipeline = connection.channel().pipeline();
        TlsOpening opening = pipeline.get(TlsOpening.class);
        return connection.settings().tls().mode() == TlsMode.OPTIONAL
                && opening != null
                && !opening.hasBegun()
                && pipeline.get(HAProxyMessageDecoder.class) == null;
    }

    private static boolean isEncryptedFromTheStart(Listener listener) {
        TlsMode mode = listener.settings().tls().mode();
        return mode == TlsMode.REQUIRED || mode == TlsMode.OPTIONAL;
    }

    /** Encrypts a connection from now on. */
    static void upgrade(ChannelPipeline pipeline, TcpConnection connection, Listener listener) {
        connection.state(ConnectionState.OPENING);
        FirstHandshake handshake = handshake(connection, listener.tls());
        ChannelHandler[] all = {
            new HeldReads(connection),
            handshake,
            listener.tls().newHandler(pipeline.channel().alloc(), handshake),
            new Opening(connection, listener, Stage.ENCRYPTION, true)
        };
        if (pipeline.get(TcpConnection.SHAPING) == null) {
            pipeline.addFirst(all);
        } else { // what waits there was written in plain text
            String before = TcpConnection.SHAPING;
            for (ChannelHandler one : all) {
                pipeline.addAfter(before, null, one);
                before = pipeline.context(one).name();
            }
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        // not yet
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HAProxyMessage header) {
            try {
                proxied(context, header);
            } finally {
                header.release();
            }
        } else {
            ReferenceCountUtil.release(message); // of a peer that was turned away
        }
    }

    private void proxied(ChannelHandlerContext context, HAProxyMessage header) {
        ProxyFacts facts = ProxyFacts.of(header, connection);
        Refusal refusal = connection.proxied(facts.header(), facts.source());
        if (refusal != null) {
            refuse(refusal, CloseReason.ACCESS_DENIED, null);
        } else if (isEncryptedFromTheStart(listener)) {
            stage = Stage.ENCRYPTION;
        } else {
            open(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (connection.reason() != null) {
            return; // it is being closed
        }
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            SslHandler handler = context.pipeline().get(SslHandler.class);
            if (handshake.isSuccess() && handler != null) {
                encrypted(context, handler);
            } else {
                // TLS still tells the peer why, then closes
                told(Refusal.HANDSHAKE, CloseReason.HANDSHAKE_FAILED, handshake.cause());
            }
        } else if (event instanceof TlsOpening.PlainText plain) {
            if (listener.settings().tls().mode() == TlsMode.OPTIONAL) {
                open(context);
            } else {
                listener.suspicions().plain(connection, plain.head());
                refuse(Refusal.HANDSHAKE, CloseReason.HANDSHAKE_FAILED, null);
            }
        } else if (event == ChannelInputShutdownEvent.INSTANCE && stage != Stage.NOTHING) {
            connection.noteReason(CloseReason.PEER_ENDED);
            connection.reset(CloseReason.PEER_ENDED);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    /** TLS takes an end that comes in the middle of a handshake for the end of the handshake. */
    private void encrypted(ChannelHandlerContext context, SslHandler handler) {
        if (TlsFacts.isComplete(handler)) {
            connection.encrypted(handler);
            open(context);
        } else {
            refuse(
                    Refusal.HANDSHAKE,
                    CloseReason.HANDSHAKE_FAILED,
                    new SSLException("the peer has ended it before it was complete"));
        }
    }

    private void open(ChannelHandlerContext context) {
        stage = Stage.NOTHING;
        connection.state(ConnectionState.OPEN);
        ChannelHandlerContext reads = context.pipeline().context(HeldReads.class);
        if (reads != null) {
            ((HeldReads) reads.handler()).opened(reads);
        }
        if (!upgrade) {
            context.fireChannelActive();
        }
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (isGone(context, cause)) {
            connection.noteReason(CloseReason.PEER_RESET);
            connection.reset(CloseReason.PEER_RESET);
        } else if (stage == Stage.PROXY_HEADER) {
            refuse(Refusal.PROXY_HEADER, CloseReason.PROXY_HEADER, cause);
        } else {
            refuse(Refusal.HANDSHAKE, CloseReason.HANDSHAKE_FAILED, cause);
        }
    }

    /** A probe that has connected and resets, before the first byte of a handshake. */
    private static boolean isGone(ChannelHandlerContext context, Throwable cause) {
        return cause instanceof IOException
                && !(cause instanceof SSLException)
                && context.pipeline().get(SslHandler.class) == null;
    }

    private void refuse(Refusal refusal, CloseReason reason, @Nullable Throwable cause) {
        told(refusal, reason, cause);
        connection.reset(reason);
    }

    /** Only the first cause counts. */
    private void told(Refusal refusal, CloseReason reason, @Nullable Throwable cause) {
        if (connection.reason() == null) {
            connection.noteReason(reason);
            listener.turnedAway(connection, refusal, cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (upgrade) {
            context.fireChannelInactive();
        } else {
            // a decoder closes first and then tells why
            connection.loop().execute(connection::neverOpened);
        }
    }
}
