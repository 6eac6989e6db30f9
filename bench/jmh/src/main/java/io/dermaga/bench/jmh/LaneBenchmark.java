package io.dermaga.bench.jmh;

import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Dispatcher;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Frames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A burst goes through lane, dispatcher and worker to a bean that does nothing, and the thread that
 * added it waits for the end: with 1 payload what a hand-off costs, with 600 what a payload does.
 */
@State(Scope.Thread)
public class LaneBenchmark {

    private static final int SIZE = 100;

    /** Payloads in a burst. */
    @Param({"1", "600"})
    public int payloads;

    /** What the bean takes. */
    @Param({"payload", "batch"})
    public String bean = "";

    private final ExecutorService workers = Executors.newCachedThreadPool(LaneBenchmark::daemon);
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(1, LaneBenchmark::daemon);
    private final ByteBudget budget = new ByteBudget(1 << 24, null);
    private ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(SIZE);
    private int[] bounds = {};
    private StubConnection connection = new StubConnection(budget);
    private Lane lane = lane(BeanShape.ofPayloads());

    /** A resting worker must not keep the process: JMH would wait for it half a minute. */
    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    private Lane lane(BeanShape shape) {
        Dispatcher dispatcher =
                new Dispatcher(
                        1,
                        workers::execute,
                        Nothing::new,
                        timer::schedule,
                        timer::schedule,
                        text -> {});
        return new Lane(connection, shape, dispatcher);
    }

    /** The burst. */
    @Setup(Level.Trial)
    public void fill() {
        buffer.release();
        buffer = PooledByteBufAllocator.DEFAULT.directBuffer(payloads * SIZE);
        buffer.writeZero(payloads * SIZE);
        bounds = new int[2 * payloads];
        for (int i = 0; i < payloads; i++) {
            bounds[2 * i] = i * SIZE;
            bounds[2 * i + 1] = (i + 1) * SIZE;
        }
        connection = new StubConnection(budget);
        lane = lane(bean.equals("batch") ? BeanShape.ofBatches() : BeanShape.ofPayloads());
    }

    /** The whole burst. */
    @Benchmark
    public long burst() {
        long bytes = (long) payloads * SIZE;
        budget.acquire(bytes);
        lane.add(new Frames(buffer.retain(), bounds, bytes, 1, 1, budget, bytes));
        lane.signal();
        while (!lane.isQuiet()) {
            Thread.onSpinWait();
        }
        return lane.bytes();
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void end() {
        workers.shutdownNow();
        timer.shutdownNow();
        buffer.release();
    }
}
