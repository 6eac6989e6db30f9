package io.dermaga.engine.idempotency;

import io.dermaga.api.Reply;
import java.util.List;

/** What becomes of a payload that has a key. */
public sealed interface Claim {

    /** While its key is not known. */
    enum Unknown implements Claim {
        /** It may be delivered; others with this key wait. */
        GRANTED,
        /** Another payload with this key is being delivered. */
        IN_DELIVERY
    }

    /**
     * A payload with this key was delivered.
     *
     * @param replies what the bean has replied to it, as far as it is kept
     */
    record Repeated(List<Reply> replies) implements Claim {

        public Repeated {
            replies = List.copyOf(replies);
        }
    }
}
