package io.dermaga.it.app;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;

/** Rolls back without a word when it is told to. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "rollback"),
            @ActivationConfigProperty(propertyName = "redeliveryMin", propertyValue = "1ms"),
            @ActivationConfigProperty(propertyName = "redeliveryMax", propertyValue = "10ms")
        })
public class RollbackBean implements PayloadListener {

    @Resource private MessageDrivenContext context;

    @Override
    public void onPayload(Payload payload) {
        Ledger.of("rollback").note("saw", payload.text());
        if (payload.text().equals("rollback")) {
            context.setRollbackOnly();
        }
    }
}
