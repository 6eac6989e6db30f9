package io.dermaga.it.app;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/** There are five instances of it (glassfish-ejb-jar.xml) for sixteen workers. */
@MessageDriven(
        name = "PooledBean",
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "pooled"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "lines")
        })
public class PooledBean implements PayloadListener {
    @Override
    public void onPayload(Payload payload) {
        Ledger.of("pooled").book(payload.text());
    }
}
