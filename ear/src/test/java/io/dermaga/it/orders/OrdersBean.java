package io.dermaga.it.orders;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/**
 * Takes orders, but none that is closed, and none that is late, for which it needs its time. Tells
 * who asks for it which trace an order belongs to.
 */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "orders"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "eof"),
            @ActivationConfigProperty(propertyName = "maxDeliveries", propertyValue = "2"),
            @ActivationConfigProperty(propertyName = "redeliveryMin", propertyValue = "1ms")
        })
public class OrdersBean implements PayloadListener {

    private static final long TIME_FOR_LATE_ONES = 400;

    @Override
    public void onPayload(Payload payload) {
        String order = payload.text();
        if (order.contains("traced")) {
            payload.reply(payload.traceParent().orElse("not traced"));
        }
        if (order.contains("closed")) {
            throw new IllegalStateException("order " + order.replaceAll("\\D", "") + " is closed");
        }
        if (order.contains("late")) {
            await();
            throw new IllegalArgumentException("<b>too late</b> \u001b[31mfor " + order);
        }
    }

    private static void await() {
        try {
            Thread.sleep(TIME_FOR_LATE_ONES);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
