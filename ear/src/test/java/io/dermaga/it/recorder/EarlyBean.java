package io.dermaga.it.recorder;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/** Its peers are told as soon as a payload is in the spool. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "early"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "lines"),
            @ActivationConfigProperty(propertyName = "durability", propertyValue = "SPOOLED"),
            @ActivationConfigProperty(propertyName = "acknowledge", propertyValue = "ON_SPOOL"),
            @ActivationConfigProperty(propertyName = "ack", propertyValue = "'kept' 0x0a"),
            @ActivationConfigProperty(propertyName = "redeliveryMin", propertyValue = "1ms"),
            @ActivationConfigProperty(propertyName = "redeliveryMax", propertyValue = "5ms")
        })
public class EarlyBean extends Recorder implements PayloadListener {

    @Override
    public void onPayload(Payload payload) {
        record(payload);
    }
}
