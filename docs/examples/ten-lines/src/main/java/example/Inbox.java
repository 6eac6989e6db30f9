package example;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

@MessageDriven(
        activationConfig = @ActivationConfigProperty(propertyName = "port", propertyValue = "8001"))
public class Inbox implements PayloadListener {
    @Override
    public void onPayload(Payload payload) {
        System.out.println(payload.text());
    }
}
