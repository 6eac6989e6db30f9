package io.dermaga.bench.application;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** One payload a call, no transaction. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "plain"),
            @ActivationConfigProperty(
                    propertyName = "listeners",
                    propertyValue = "plain-eof,plain-frames"),
            @ActivationConfigProperty(propertyName = "host", propertyValue = "127.0.0.1"),
            @ActivationConfigProperty(propertyName = "maxConnections", propertyValue = "200000"),
            @ActivationConfigProperty(
                    propertyName = "maxConnectionsPerAddress",
                    propertyValue = "200000"),
            @ActivationConfigProperty(propertyName = "acceptRate", propertyValue = "1000000"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "length(4)")
        })
public class PlainBean implements PayloadListener {
    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void onPayload(Payload payload) {

        Desk.take(payload);
    }
}
