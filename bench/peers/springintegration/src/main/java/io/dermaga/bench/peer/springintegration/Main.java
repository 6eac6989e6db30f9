package io.dermaga.bench.peer.springintegration;

import io.dermaga.bench.payload.Control;
import io.dermaga.bench.payload.Ledger;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerListeningEvent;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNioServerConnectionFactory;
import org.springframework.integration.ip.tcp.serializer.AbstractByteArraySerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayRawSerializer;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

/**
 * Serves the three ports with Spring Integration's connection factories; its argument is {@code
 * blocking} or {@code nio}.
 */
public final class Main {

    private static final int MAX_FRAME = 1 << 20;

    // The JDK holds loggers weakly. A connection reset by its peer is logged as an error otherwise.
    private static final Logger FRAMEWORK = Logger.getLogger("org.springframework.integration");

    private final boolean nio;
    private final Ledger ledger = new Ledger();

    private Main(boolean nio) {
        this.nio = nio;
    }

    public static void main(String[] args) {
        FRAMEWORK.setLevel(Level.OFF);
        switch (args.length == 1 ? args[0] : "") {
            case "blocking" -> new Main(false).run();
            case "nio" -> new Main(true).run();
            default -> throw new IllegalArgumentException("say blocking or nio");
        }
    }

    private void run() {
        AbstractServerConnectionFactory eof = server(new ByteArrayRawSerializer(), 2 * MAX_FRAME);
        eof.registerListener(new Receiver(this::verify));

        AbstractServerConnectionFactory frames =
                server(new ByteArrayLengthHeaderSerializer(4), MAX_FRAME);
        frames.registerListener(new Receiver(inOrder(frames, this::verify)));

        AbstractServerConnectionFactory echo =
                server(new ByteArrayLengthHeaderSerializer(4), MAX_FRAME);
        Sender sender = new Sender();
        MessageHandler verifyAndSend =
                message -> {
                    verify(message);
                    sender.handleMessage(message);
                };
        echo.registerSender(sender);
        echo.registerListener(new Receiver(inOrder(echo, verifyAndSend)));

        Control.start(ledger, start(eof), start(frames), start(echo));
    }

    private void verify(Message<?> message) {
        byte[] payload = (byte[]) message.getPayload();
        ledger.verify(payload, 0, payload.length);
    }

    private AbstractServerConnectionFactory server(
            AbstractByteArraySerializer serializer, int maxMessageSize) {
        serializer.setMaxMessageSize(maxMessageSize);
        AbstractServerConnectionFactory factory =
                nio ? new TcpNioServerConnectionFactory(0) : new TcpNetServerConnectionFactory(0);
        factory.setLocalAddress("127.0.0.1");
        factory.setBacklog(1024);
        factory.setSoTcpNoDelay(true);
        factory.setSerializer(serializer);
        factory.setDeserializer(serializer);
        return factory;
    }

    /**
     * With NIO the framework hands messages of one connection to several threads at once and keeps
     * no order; its documentation says to put a resequencer behind the connection factory.
     */
    private MessageHandler inOrder(AbstractServerConnectionFactory factory, MessageHandler next) {
        if (!nio) {
            return next;
        }
        factory.getMapper().setApplySequence(true);
        return Resequencers.before(next);
    }

    private static int start(AbstractServerConnectionFactory factory) {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        factory.setApplicationEventPublisher(
                event -> {
                    if (event instanceof TcpConnectionServerListeningEvent listening) {
                        port.complete(listening.getPort());
                    }
                });
        factory.afterPropertiesSet();
        factory.start();
        return port.join();
    }
}
