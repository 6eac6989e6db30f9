package io.dermaga.engine.lane;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.engine.monitor.FinishedMessages;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.monitor.Origin;
import io.dermaga.engine.monitor.StageHistograms;
import io.dermaga.engine.monitor.Told;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.SpilledFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the payloads of a content have ended, until the feed is told: at the end of the content, or
 * when somebody reads the feed. A worker has one for all its deliveries; its lock is nearly never
 * contended.
 */
final class DeliveryLog implements FinishedMessages {

    private static final int LEAST_ROOM = 64;

    private @Nullable LaneOwner owner;
    private @Nullable Content content;
    private long firstNumber;

    /** Payloads of the content before the first one here. */
    private int from;

    private int count;
    private long[] called = new long[LEAST_ROOM];
    private long[] lastCalled = new long[LEAST_ROOM];
    private long[] returned = new long[LEAST_ROOM];
    private long[] ended = new long[LEAST_ROOM];
    private int[] attempts = new int[LEAST_ROOM];
    private @Nullable String @Nullable [] errors;
    private @Nullable Told @Nullable [] tolds;
    private final StageHistograms.Tally tally = new StageHistograms.Tally();
    private long bytes;
    private int failed;
    private long failedBytes;

    /** Payloads of a content are delivered from now on, beginning with one of them. */
    synchronized void begin(LaneOwner connection, Content next, long number, int position) {
        owner = connection;
        content = next;
        firstNumber = number;
        from = position;
    }

    /**
     * The next payloads of the content have ended, with one outcome.
     *
     * @param calledNanos the first of so many deliveries
     * @param lastCalledNanos the last of them
     * @param returnedNanos see {@link Endpoint#returnedNanos()}
     * @param told what is said of each, or one for all of them
     */
    synchronized void add(
            int payloads,
            long size,
            long calledNanos,
            long lastCalledNanos,
            long returnedNanos,
            long endedNanos,
            int deliveries,
            @Nullable String error,
            List<Told> told) {
        if (count + payloads > called.length) {
            int room = Math.max(count + payloads, 2 * called.length);
            called = Arrays.copyOf(called, room);
            lastCalled = Arrays.copyOf(lastCalled, room);
            returned = Arrays.copyOf(returned, room);
            ended = Arrays.copyOf(ended, room);
            attempts = Arrays.copyOf(attempts, room);
            errors = errors == null ? null : Arrays.copyOf(errors, room);
            tolds = tolds == null ? null : Arrays.copyOf(tolds, room);
        }
        Arrays.fill(called, count, count + payloads, calledNanos);
        Arrays.fill(lastCalled, count, count + payloads, lastCalledNanos);
        Arrays.fill(returned, count, count + payloads, returnedNanos);
        Arrays.fill(ended, count, count + payloads, endedNanos);
        Arrays.fill(attempts, count, count + payloads, deliveries);
        bytes += size;
        if (error != null) {
            if (errors == null) {
                errors = new String[called.length];
            }
            Arrays.fill(errors, count, count + payloads, error);
            failed += payloads;
            failedBytes += size;
        }
        add(payloads, told);
        count += payloads;
    }

    /** No more is remembered than the feed keeps: answers have no part in the budget. */
    private void add(int payloads, List<Told> told) {
        if (tolds == null && told.size() == 1 && told.get(0) == Told.NOTHING) {
            return;
        }
        if (tolds == null) {
            tolds = new Told[called.length];
        }
        int most = Objects.requireNonNull(owner).settings().recordBytes().intBytes();
        for (int i = 0; i < payloads; i++) {
            tolds[count + i] = told.get(told.size() == 1 ? 0 : i).beginning(most);
        }
    }

    /** The next payload of the content was told of elsewhere; what came before is told now. */
    synchronized void leaveOut() {
        publish();
        from++;
    }

    /** Tells the feed and the counters. Any thread. */
    synchronized void publish() {
        LaneOwner connection = owner;
        if (connection == null || count == 0) {
            return;
        }
        connection.feed().messages(this, connection.settings().recordBytes().intBytes());
        ListenerCounters counters = connection.counters();
        tally.count(this, counters.latencies);
        if (count > failed) {
            counters.delivered.add(count - failed);
            counters.deliveredBytes.add(bytes - failedBytes);
        }
        if (failed > 0) {
            counters.failed.add(failed);
            counters.failedBytes.add(failedBytes);
        }
        from += count;
        count = 0;
        bytes = 0;
        failed = 0;
        failedBytes = 0;
        errors = null;
        tolds = null;
    }

    /** The worker lets the content go. */
    synchronized void end() {
        publish();
        owner = null;
        content = null;
    }

    private Content content() {
        return Objects.requireNonNull(content);
    }

    @Override
    public Origin origin() {
        return Objects.requireNonNull(owner).origin();
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long firstNumber() {
        return firstNumber + from;
    }

    @Override
    public long size(int index) {
        return content().size(from + index);
    }

    @Override
    public long firstByteNanos(int index) {
        return content().firstByteNanos(from + index);
    }

    @Override
    public long lastByteNanos(int index) {
        return content().lastByteNanos();
    }

    @Override
    public long calledNanos(int index) {
        return called[index];
    }

    @Override
    public long streamStart(int index) {
        return content().streamStart(from + index);
    }

    @Override
    public long streamEnd(int index) {
        return content().streamEnd(from + index);
    }

    @Override
    public int reads(int index) {
        return content().reads(from + index);
    }

    @Override
    public long storedNanos() {
        return Objects.requireNonNull(owner).storedNanos();
    }

    @Override
    public long lastCalledNanos(int index) {
        return lastCalled[index];
    }

    @Override
    public long returnedNanos(int index) {
        return returned[index];
    }

    @Override
    public long endedNanos(int index) {
        return ended[index];
    }

    @Override
    public int attempts(int index) {
        return attempts[index];
    }

    @Override
    public Outcome outcome(int index) {
        return error(index) == null ? Outcome.DELIVERED : Outcome.FAILED;
    }

    @Override
    public @Nullable String error(int index) {
        return errors == null ? null : errors[index];
    }

    @Override
    public Told told(int index) {
        Told told = tolds == null ? null : tolds[index];
        return told == null ? Told.NOTHING : told;
    }

    @Override
    public boolean spilled() {
        return content instanceof SpilledFrame;
    }

    @Override
    public void copyHead(int index, int length, byte[] target, int offset) {
        LanePayload.copyHead(content(), from + index, length, target, offset);
    }
}
