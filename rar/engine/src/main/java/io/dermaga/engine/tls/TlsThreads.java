package io.dermaga.engine.tls;

import io.dermaga.engine.settings.Revocation;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads on which handshakes compute and files are read; there are none while there is nothing to
 * do. Those that may wait for a responder's answer (RFC 6960) hold up no handshake of another
 * listener.
 */
public final class TlsThreads implements AutoCloseable {

    /** Of one listener. */
    private static final int RESPONDER_THREADS = 16;

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor computing;
    private final Turns handshakes;
    private final ThreadPoolExecutor waiting;

    /**
     * @param processors how many handshakes may compute at a time
     */
    public TlsThreads(int processors) {
        this.computing = pool(processors, "dermaga-tls");
        this.handshakes = new Turns(computing, processors);
        this.waiting =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE, // each listener has its own limit
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        new DefaultThreadFactory("dermaga-ocsp", true));
    }

    private static ThreadPoolExecutor pool(int threads, String name) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(), // see Turns
                        new DefaultThreadFactory(name, true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    Executor forFiles() {
        return computing;
    }

    /** For the handshakes of one listener. */
    Turns forHandshakes(Revocation revocation) {
        return revocation.asks() ? new Turns(waiting, RESPONDER_THREADS) : handshakes;
    }

    /** Ends them; waits for at most some seconds. */
    @Override
    public void close() {
        computing.shutdownNow();
        waiting.shutdownNow();
        try {
            computing.awaitTermination(5, TimeUnit.SECONDS);
            waiting.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
