package io.dermaga.it.orders;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/** Takes what was paid by card, but not what is stolen. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "cards"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "iso8583(nac)"),
            @ActivationConfigProperty(propertyName = "maxDeliveries", propertyValue = "1")
        })
public class CardsBean implements PayloadListener {

    @Override
    public void onPayload(Payload payload) {
        if (payload.text().contains("stolen")) {
            throw new IllegalStateException("card is stolen");
        }
    }
}
