package io.dermaga.it.app;

import io.dermaga.api.CloseReason;
import io.dermaga.api.Connection;
import io.dermaga.api.OnClose;
import io.dermaga.api.OnConnect;
import io.dermaga.api.OnData;
import io.dermaga.api.OnEnd;
import io.dermaga.api.OnPayload;
import io.dermaga.api.Payload;
import io.dermaga.api.SocketListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Lives as a Node.js socket does, and answers every line. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "socket"),
            @ActivationConfigProperty(
                    propertyName = "maxConnectionsPerAddress",
                    propertyValue = "20000"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "lines")
        })
public class SocketBean implements SocketListener {

    @OnConnect
    public void connected(Connection connection) {
        note(connection, "connect");
        connection.write("welcome\n", StandardCharsets.US_ASCII);
    }

    @OnData
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void chunk(Connection connection, ByteBuffer bytes) {
        note(connection, "data" + bytes.remaining());
    }

    @OnPayload
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public String line(Payload payload, String text) {
        note(payload.connection(), "payload:" + text);
        return "echo " + text + "\n";
    }

    @OnEnd
    public void ended(Connection connection) {
        note(connection, "end");
        connection.write("bye\n", StandardCharsets.US_ASCII);
    }

    @OnClose
    public void closed(Connection connection, CloseReason reason) {
        note(connection, "close:" + reason);
    }

    private static void note(Connection connection, String event) {
        Ledger.of("socket").note(connection.id(), event);
    }
}
