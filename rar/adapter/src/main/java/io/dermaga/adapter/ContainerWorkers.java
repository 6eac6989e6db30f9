package io.dermaga.adapter;

import io.dermaga.engine.lane.WorkRefusedException;
import io.dermaga.engine.lane.WorkerPool;
import io.netty.util.concurrent.FastThreadLocal;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;

/** Workers are works of the container's work manager (Connectors 2.1, chapter Work Management). */
final class ContainerWorkers implements WorkerPool {

    private final CleanScheduling scheduling;
    private final ClassLoader serverLoader;

    ContainerWorkers(WorkManager manager) {
        this.scheduling = CleanScheduling.of(manager);
        this.serverLoader = manager.getClass().getClassLoader();
    }

    @Override
    public void submit(Runnable worker) throws WorkRefusedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // a thread that the pool makes now inherits it and would keep the application's
        thread.setContextClassLoader(serverLoader);
        try {
            scheduling.schedule(new WorkerWork(worker));
        } catch (WorkException | RuntimeException e) {
            throw new WorkRefusedException(String.valueOf(e.getMessage()));
        } finally {
            thread.setContextClassLoader(before);
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
