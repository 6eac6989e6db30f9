package io.dermaga.it.recorder;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/** Its peers get a reply after the commit: the token of the row. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "late"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "lines"),
            @ActivationConfigProperty(propertyName = "durability", propertyValue = "SPOOLED"),
            @ActivationConfigProperty(propertyName = "acknowledge", propertyValue = "ON_DELIVERY"),
            @ActivationConfigProperty(propertyName = "nak", propertyValue = "'refused' 0x0a"),
            @ActivationConfigProperty(propertyName = "redeliveryMin", propertyValue = "1ms"),
            @ActivationConfigProperty(propertyName = "redeliveryMax", propertyValue = "5ms")
        })
public class LateBean extends Recorder implements PayloadListener {

    @Override
    public void onPayload(Payload payload) {
        payload.reply(record(payload) + "\n");
    }
}
