package io.dermaga.api;

/**
 * A message-driven bean that takes one payload at a time.
 *
 * <p>Payloads of one connection arrive strictly in the order of its byte stream; payloads of
 * different connections arrive in parallel, up to the activation property {@code concurrency}. The
 * calling thread is one of the container's work manager.
 */
public interface PayloadListener {

    /**
     * Takes one payload. Returning normally (and committing, where the bean is transacted) is
     * success. A runtime exception or a rollback is a failure, which is counted, logged with its
     * number and shown on the message.
     *
     * @param payload valid until this method returns
     */
    void onPayload(Payload payload);
}
