package io.dermaga.it.app;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/** Fails on one payload of a hundred. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "failing"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "lines"),
            @ActivationConfigProperty(propertyName = "maxDeliveries", propertyValue = "1")
        })
public class FailingBean implements PayloadListener {
    @Override
    public void onPayload(Payload payload) {
        if (Ledger.of("failing").book(payload.text()) % 100 == 42) {
            throw new IllegalArgumentException("unwanted \u001b[31mred\u0000");
        }
    }
}
