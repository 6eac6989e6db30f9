package io.dermaga.it.app;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Books and returns. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "fast"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "lines")
        })
public class FastBean implements PayloadListener {
    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void onPayload(Payload payload) {
        Ledger.of("fast").book(payload.text());
    }
}
