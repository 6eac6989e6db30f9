package io.dermaga.it.contract;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what it receives, and on which thread; its port is {@code dermaga.contract.port}. */
@MessageDriven(
        activationConfig =
                @ActivationConfigProperty(propertyName = "name", propertyValue = "contract"))
public class ContractBean implements PayloadListener {

    /** One call. */
    public record Call(String text, String thread) {}

    static final LinkedBlockingQueue<Call> CALLS = new LinkedBlockingQueue<>();

    @Override
    public void onPayload(Payload payload) {
        CALLS.add(new Call(payload.text(), Thread.currentThread().getName()));
    }
}
