package io.dermaga.adapter;

import io.dermaga.engine.lane.WorkRefusedException;
import io.dermaga.engine.lane.WorkerPool;
import io.netty.util.concurrent.FastThreadLocal;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;

/** Workers are works of the container's work manager (Connectors 2.1, chapter Work Management). */
final class ContainerWorkers implements WorkerPool {

    private final WorkManager manager;

    ContainerWorkers(WorkManager manager) {
        this.manager = manager;
    }

    @Override
    public void submit(Runnable worker) throws WorkRefusedException {
        try {
            manager.scheduleWork(new WorkerWork(worker));
        } catch (WorkException e) {
            throw new WorkRefusedException(String.valueOf(e.getMessage()));
        }
    }

    /** Runs a worker and leaves nothing of the engine on the container's thread. */
    private record WorkerWork(Runnable worker) implements Work {

        @Override
        public void run() {
            try {
                worker.run();
            } finally {
                FastThreadLocal.removeAll();
            }
        }

        @Override
        public void release() {
            // a worker ends by itself when its lanes are empty
        }
    }
}
