package io.dermaga.it.orders;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/** Takes its copy of all invoices. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "invoices"),
            @ActivationConfigProperty(propertyName = "group", propertyValue = "billing"),
            @ActivationConfigProperty(propertyName = "copies", propertyValue = "billing,archive"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "lines"),
            @ActivationConfigProperty(propertyName = "ack", propertyValue = "'+'"),
            @ActivationConfigProperty(propertyName = "durability", propertyValue = "SPOOLED"),
            @ActivationConfigProperty(propertyName = "acknowledge", propertyValue = "ON_SPOOL"),
            @ActivationConfigProperty(propertyName = "maxDeliveries", propertyValue = "2"),
            @ActivationConfigProperty(propertyName = "redeliveryMin", propertyValue = "1ms")
        })
public class BillingBean implements PayloadListener {

    @Override
    public void onPayload(Payload payload) {
        payload.text();
    }
}
