package io.dermaga.bench.peer.springintegration;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.integration.ip.tcp.connection.TcpSender;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

/** Sends each message on the connection it names, as the framework's own handler does. */
final class Sender implements TcpSender, MessageHandler {

    private final Map<String, TcpConnection> connections = new ConcurrentHashMap<>();

    @Override
    public void addNewConnection(TcpConnection connection) {
        connections.put(connection.getConnectionId(), connection);
    }

    @Override
    public void removeDeadConnection(TcpConnection connection) {
        connections.remove(connection.getConnectionId());
    }

    @Override
    public void handleMessage(Message<?> message) {
        Object id = message.getHeaders().get(IpHeaders.CONNECTION_ID);
        TcpConnection connection = id == null ? null : connections.get(id);
        if (connection != null) {
            connection.send(message);
        }
    }
}
