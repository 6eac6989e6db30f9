package io.dermaga.it.app;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Takes its time: a slow bean is what is tested. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "sleepy"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "lines")
        })
public class SleepyBean implements PayloadListener {
    @Override
    public void onPayload(Payload payload) {
        if (Ledger.of("sleepy").book(payload.text()) % 20 == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
