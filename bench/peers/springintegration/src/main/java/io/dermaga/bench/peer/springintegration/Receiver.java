package io.dermaga.bench.peer.springintegration;

import org.springframework.integration.ip.tcp.connection.TcpListener;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.ErrorMessage;

/**
 * Takes messages from a connection factory.
 *
 * @param next what is done with each
 */
record Receiver(MessageHandler next) implements TcpListener {

    @Override
    public boolean onMessage(Message<?> message) {
        // A connection that ends or fails is told as a message as well.
        if (!(message instanceof ErrorMessage)) {
            next.handleMessage(message);
        }
        return false;
    }
}
