package io.dermaga.engine.lane;

import io.dermaga.api.Payload;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * Payloads for one call of a bean. Each is made when the bean asks for it, so that a burst costs
 * nothing for those that the bean does not look at.
 */
final class PayloadBatch extends AbstractList<Payload> implements RandomAccess, Enlisted {

    private final Delivery delivery;
    private final int from;
    private final @Nullable Payload[] payloads;

    PayloadBatch(Delivery delivery, int from, int count) {
        this.delivery = delivery;
        this.from = from;
        this.payloads = new Payload[count];
    }

    @Override
    public @Nullable XAResource branch() {
        return delivery.owner().branch(from + payloads.length);
    }

    @Override
    public Payload get(int index) {
        Objects.checkIndex(index, payloads.length);
        Payload payload = payloads[index];
        if (payload == null) {
            payload = new LanePayload(delivery, from + index);
            payloads[index] = payload;
        }
        return payload;
    }

    @Override
    public int size() {
        return payloads.length;
    }
}
