package io.dermaga.inbox;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/**
 * Takes every payload of the listeners named in {@code dermaga.inbox.listeners}, by default a
 * stream on port 8001 and lines on port 8002; see {@code META-INF/microprofile-config.properties}.
 */
@MessageDriven(
        activationConfig =
                @ActivationConfigProperty(propertyName = "name", propertyValue = "inbox"))
public class Inbox implements PayloadListener {

    private static final System.Logger LOG = System.getLogger(Inbox.class.getName());

    @Override
    public void onPayload(Payload payload) {
        LOG.log(
                System.Logger.Level.DEBUG,
                () -> "payload %s of %d bytes".formatted(payload.id(), payload.size()));
    }
}
