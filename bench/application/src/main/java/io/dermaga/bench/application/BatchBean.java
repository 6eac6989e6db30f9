package io.dermaga.bench.application;

import io.dermaga.api.BatchListener;
import io.dermaga.api.Payload;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;

/** What was read together in one call, no transaction. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "batch"),
            @ActivationConfigProperty(
                    propertyName = "listeners",
                    propertyValue = "batch-eof,batch-frames"),
            @ActivationConfigProperty(propertyName = "host", propertyValue = "127.0.0.1"),
            @ActivationConfigProperty(propertyName = "maxConnections", propertyValue = "200000"),
            @ActivationConfigProperty(
                    propertyName = "maxConnectionsPerAddress",
                    propertyValue = "200000"),
            @ActivationConfigProperty(propertyName = "acceptRate", propertyValue = "1000000"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "length(4)")
        })
public class BatchBean implements BatchListener {
    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void onPayloads(List<Payload> payloads) {

        payloads.forEach(Desk::take);
    }
}
