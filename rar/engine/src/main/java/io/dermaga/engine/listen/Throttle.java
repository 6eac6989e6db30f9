package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.GrowingPayload;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds the reads of a connection while its lane is full, the disk is slow, the byte budget is used
 * up, or its rate is reached. On the event loop of the connection, except where said.
 */
final class Throttle {

    private static final long SPILL_HIGH_WATERMARK = 1024 * 1024;
    private static final int SCARCE_READ_BYTES = 16 * 1024;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final TcpConnection connection;
    private final Listener server;
    private final Intake intake;

    /** Of this connection alone; null if there is no limit. */
    private @Nullable Rate readRate;

    /** Pauses that its rate has caused. */
    private int pauses;

    /** It hears of it when there is room in the budget again. */
    private boolean awaitsBudget;

    Throttle(TcpConnection connection, Listener server, Intake intake) {
        this.connection = connection;
        this.server = server;
        this.intake = intake;
    }

    private ByteBudget budget() {
        return server.budget();
    }

    private Lane lane() {
        return connection.lane();
    }

    private long highWatermark() {
        return server.settings().limits().highWatermark().bytes();
    }

    // ---- before a read

    /** Bytes that are still to come of the unfinished payload, as far as they are known. */
    long missing() {
        return intake.missing();
    }

    /** Whether what was read lately leaves room for more. */
    boolean mayReadOn() {
        return lane().bytes() < highWatermark()
                && intake.growing().pendingBytes() <= SPILL_HIGH_WATERMARK
                && !budget().exhausted()
                && !server.shaping().limitsReads();
    }

    /**
     * How much may be read at once: little while the budget is scarce, it may be exceeded by that.
     */
    int mostReadBytes() {
        Shaping shaping = server.shaping();
        int most = budget().scarce() ? SCARCE_READ_BYTES : Integer.MAX_VALUE;
        return shaping.limitsReads() ? Math.min(most, shaping.mostReadBytes()) : most;
    }

    // ---- after reads

    /** The kernel has no more, or others have their turn. */
    void afterReads() {
        keepLane();
        spillEarly();
        if (intake.growing().pendingBytes() > SPILL_HIGH_WATERMARK) {
            connection.hold(Hold.SPILL);
            written(intake.growing().pendingBytes());
        }
        keepRate(connection.loop().takeRead());
        if (budget().exhausted()) {
            if (!isModest()) {
                awaitBudget();
            }
            server.sweep().relieve();
        }
    }

    private void keepLane() {
        if (lane().bytes() > highWatermark()) {
            connection.hold(Hold.LANE);
            if (lane().bytes() <= highWatermark() / 2) { // its bean was quicker
                connection.unhold(Hold.LANE);
            }
        }
    }

    /** So many bytes wait for the disk. Any thread. */
    void written(long pendingBytes) {
        if (pendingBytes <= SPILL_HIGH_WATERMARK / 4) {
            connection.unhold(Hold.SPILL);
        }
    }

    // ---- the byte budget

    /** Who holds next to nothing is not kept waiting for what others hold. */
    private boolean isModest() {
        return !growsMuch() && lane().payloads() <= 1 && !budget().overdrawn();
    }

    private boolean growsMuch() {
        GrowingPayload growing = intake.growing();
        long most = server.sweep().earlySpillBytes();
        return growing.memoryBytes() > most || growing.pendingBytes() > most;
    }

    private void awaitBudget() {
        connection.hold(Hold.BUDGET);
        if (!awaitsBudget) {
            awaitsBudget = true;
            budget().whenAvailable(() -> connection.execute(this::budgetAvailable));
        }
        if (!growsMuch()) { // its bean will soon have taken what waits
            server.later(() -> connection.execute(this::relieve), LOOK_AGAIN_NANOS);
        }
    }

    private void budgetAvailable() {
        awaitsBudget = false;
        connection.unhold(Hold.BUDGET);
    }

    /**
     * Gives memory back while the budget is scarce: the payload that is not complete goes to disk.
     * Who then holds nothing may read on.
     */
    void relieve() {
        spillEarly();
        if (isModest()) {
            connection.unhold(Hold.BUDGET);
        }
    }

    private void spillEarly() {
        GrowingPayload growing = intake.growing();
        if (budget().scarce() && growing.memoryBytes() > server.sweep().earlySpillBytes()) {
            intake.spill();
        }
    }

    // ---- rates

    private void keepRate(long bytes) {
        Shaping shaping = server.shaping();
        if (!shaping.limitsReads()) {
            return;
        }
        if (readRate == null) {
            readRate = shaping.readEach();
        }
        long nanos = shaping.read(readRate, bytes, System.nanoTime());
        if (nanos > 0) {
            connection.hold(Hold.RATE);
            int pause = ++pauses;
            server.later(() -> connection.execute(() -> endPause(pause)), nanos);
        }
    }

    /** It may have been ended, and another one begun, by other rates. */
    private void endPause(int pause) {
        if (pause == pauses) {
            connection.unhold(Hold.RATE);
        }
    }

    /** Other rates hold from now on. */
    void ratesChanged() {
        readRate = null;
        endPause(pauses);
    }
}
