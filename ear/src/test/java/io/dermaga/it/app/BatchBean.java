package io.dermaga.it.app;

import io.dermaga.api.BatchListener;
import io.dermaga.api.Payload;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.util.List;

/** Takes batches. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "batch"),
            @ActivationConfigProperty(propertyName = "framing", propertyValue = "length(2)")
        })
public class BatchBean implements BatchListener {
    @Override
    public void onPayloads(List<Payload> payloads) {
        payloads.forEach(payload -> Ledger.of("batch").book(payload.text()));
        Ledger.of("batches").count();
    }
}
