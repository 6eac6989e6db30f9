package io.dermaga.bench.application;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** One payload a call, in a transaction of the container. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "cmt"),
            @ActivationConfigProperty(
                    propertyName = "listeners",
                    propertyValue = "cmt-eof,cmt-frames"),
            @ActivationConfigProperty(propertyName = "host", propertyValue = "127.0.0.1"),
            @ActivationConfigProperty(propertyName = "maxConnections", propertyValue = "200000"),
            @ActivationConfigProperty(
                    propertyName = "maxConnectionsPerAddress",
                    propertyValue = "200000"),
            @ActivationConfigProperty(propertyName = "acceptRate", propertyValue = "1000000"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "length(4)")
        })
public class CmtBean implements PayloadListener {
    @Override
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void onPayload(Payload payload) {

        Desk.take(payload);
    }
}
