package io.dermaga.it.app;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import io.dermaga.api.Reply;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;

/** Replies, and rolls back afterwards when it is told to. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "reply"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "lines"),
            @ActivationConfigProperty(propertyName = "nak", propertyValue = "'NAK;'"),
            @ActivationConfigProperty(propertyName = "maxDeliveries", propertyValue = "3"),
            @ActivationConfigProperty(propertyName = "redeliveryMin", propertyValue = "1ms")
        })
public class ReplyBean implements PayloadListener {

    @Resource private MessageDrivenContext context;

    @Override
    public void onPayload(Payload payload) {
        String text = payload.text() + " " + payload.deliveryCount();
        Ledger.of("reply").note("saw", text);
        payload.reply(text.equals("refused 1") ? Reply.nak() : Reply.of(text + ";"));
        if (text.equals("twice 1") || text.startsWith("never")) {
            context.setRollbackOnly();
        }
    }
}
