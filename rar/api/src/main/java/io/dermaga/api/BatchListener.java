package io.dermaga.api;

import java.util.List;

/**
 * A message-driven bean that takes payloads of one connection in batches: those that were read
 * together, in one container call and one transaction.
 */
public interface BatchListener {

    /**
     * Takes one to {@code maxBatch} payloads (activation property, default 1,000) of one
     * connection, in the order of its byte stream. The batch succeeds or fails as a whole.
     *
     * @param payloads unmodifiable, never empty; it and its elements are valid until this method
     *     returns
     */
    void onPayloads(List<Payload> payloads);
}
