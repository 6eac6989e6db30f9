package io.dermaga.engine.lane;

/** The container's threads. */
@FunctionalInterface
public interface WorkerPool {

    /**
     * Runs a worker soon. Returns without waiting for it to begin.
     *
     * @throws WorkRefusedException if there is no thread now; asked again later
     */
    void submit(Runnable worker) throws WorkRefusedException;
}
