package io.dermaga.it.wrong;

import io.dermaga.api.OnEnd;
import io.dermaga.api.OnPayload;
import io.dermaga.api.Payload;
import io.dermaga.api.SocketListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/** Wants what there is not. */
@MessageDriven(
        activationConfig = @ActivationConfigProperty(propertyName = "port", propertyValue = "0"))
public class WrongBean implements SocketListener {

    @OnPayload
    public int length(Payload payload) {
        return (int) payload.size();
    }

    @OnEnd
    public void ended(Payload payload) {
        throw new IllegalStateException(payload.id());
    }
}
