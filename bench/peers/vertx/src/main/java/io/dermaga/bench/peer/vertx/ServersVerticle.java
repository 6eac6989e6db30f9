package io.dermaga.bench.peer.vertx;

import io.dermaga.bench.payload.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

/** One instance of the three servers; instances share their ports. */
final class ServersVerticle extends VerticleBase {

    private static final int MAX_FRAME = 1 << 20;
    private static final int HEADER = 4;

    private final Ledger ledger;
    private final AtomicIntegerArray ports;

    ServersVerticle(Ledger ledger, AtomicIntegerArray ports) {
        this.ledger = ledger;
        this.ports = ports;
    }

    @Override
    public Future<?> start() {
        return Future.all(listen(0, this::eof), listen(1, this::frames), listen(2, this::echo));
    }

    private Future<?> listen(int index, Handler<NetSocket> handler) {
        NetServerOptions options =
                new NetServerOptions()
                        .setHost("127.0.0.1")
                        // A negative port is any free port, the same one for all instances.
                        .setPort(-1 - index)
                        .setAcceptBacklog(1024);
        return vertx.createNetServer(options)
                .connectHandler(handler)
                .listen()
                .onSuccess(server -> ports.set(index, server.actualPort()));
    }

    private void eof(NetSocket socket) {
        Buffer bytes = Buffer.buffer();
        // Vert.x tells the end after a reset too, but what came before it is no payload.
        socket.exceptionHandler(e -> socket.endHandler(null));
        socket.handler(bytes::appendBuffer);
        socket.endHandler(
                end -> {
                    if (bytes.length() > 0) {
                        verify(bytes);
                    }
                });
    }

    private void frames(NetSocket socket) {
        parse(socket, this::verify);
    }

    private void echo(NetSocket socket) {
        parse(
                socket,
                payload -> {
                    verify(payload);
                    socket.write(
                            Buffer.buffer(HEADER + payload.length())
                                    .appendInt(payload.length())
                                    .appendBuffer(payload));
                });
    }

    private static void parse(NetSocket socket, Consumer<Buffer> onPayload) {
        RecordParser parser = RecordParser.newFixed(HEADER);
        parser.handler(
                new Handler<>() {
                    private boolean header = true;

                    @Override
                    public void handle(Buffer part) {
                        if (header) {
                            int size = part.getInt(0);
                            if (size <= 0 || size > MAX_FRAME) {
                                socket.close();
                                return;
                            }
                            parser.fixedSizeMode(size);
                        } else {
                            onPayload.accept(part);
                            parser.fixedSizeMode(HEADER);
                        }
                        header = !header;
                    }
                });
        socket.exceptionHandler(e -> {});
        socket.handler(parser);
    }

    private void verify(Buffer payload) {
        ledger.verify(payload::getInt, payload.length());
    }
}
