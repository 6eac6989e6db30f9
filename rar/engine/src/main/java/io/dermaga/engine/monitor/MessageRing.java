package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement.Kind;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.MessageRecord.Stages;
import io.dermaga.api.monitor.MessageRecord.StreamRange;
import io.dermaga.api.monitor.RecordedMessage;
import io.dermaga.api.monitor.StreamRead;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest messages, numbered, and the beginnings of the latest of their contents within a bound
 * of heap. A message is a row of numbers in one array, so that adding one makes no object. One
 * lock: a writer waits for tens of nanoseconds, at worst for one copy of the rows.
 */
final class MessageRing {

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final Kind[] KINDS = Kind.values();
    private static final byte[] NO_BYTES = {};

    // the columns of a row
    private static final int NUMBER = 0;
    private static final int SIZE = 1;
    private static final int FIRST_BYTE = 2;
    private static final int LAST_BYTE = 3;
    private static final int CALLED = 4;
    private static final int ENDED = 5;
    private static final int HEAD = 6;
    private static final int STATE = 7;
    private static final int STREAM_START = 8;
    private static final int STREAM_END = 9;
    private static final int READS = 10;
    private static final int STORED = 11;
    private static final int LAST_CALLED = 12;
    private static final int RETURNED = 13;
    private static final int TOLD = 14;
    private static final int TOLD_BYTES = 15;
    private static final int WIDTH = 16;

    // the parts of what was told: kind, how much of it is kept behind the head
    private static final int KIND_MASK = 0xff;
    private static final int TOLD_LENGTH_SHIFT = 8;

    // the parts of a state: outcome, whether spilled, attempts, length of the head
    private static final int OUTCOME_MASK = 0xff;
    private static final int SPILLED = 0x100;
    private static final int ATTEMPTS_SHIFT = 16;
    private static final int ATTEMPTS_MASK = 0xffff;
    private static final int HEAD_LENGTH_SHIFT = 32;

    private static final long NO_HEAD = -1;

    private static final long SECOND_NANOS = 1_000_000_000;

    private final int capacity;
    private final long[] rows;
    private final @Nullable Origin[] origins;
    private final @Nullable String[] errors;
    private final HeadRing heads;
    private long last;

    // contents kept in the current second: as many as there are messages, and not more
    private long secondBegan = System.nanoTime();
    private int keptThisSecond;

    MessageRing(int capacity, long headCapacity) {
        this.capacity = capacity;
        this.rows = new long[capacity * WIDTH];
        this.origins = new Origin[capacity];
        this.errors = new String[capacity];
        this.heads = new HeadRing(headCapacity);
    }

    /**
     * Takes messages.
     *
     * @param headBytes how much of each content is kept, at most, and of what its peer was told
     */
    @SuppressWarnings("EnumOrdinal") // read back by the same code
    synchronized void add(FinishedMessages messages, int headBytes) {
        int count = messages.count();
        long firstNumber = messages.firstNumber();
        Origin origin = messages.origin();
        int spilled = messages.spilled() ? SPILLED : 0;
        long stored = messages.storedNanos();
        int skipped = Math.max(0, count - capacity);
        last += count;
        int slot = slot(last - (count - skipped) + 1);
        for (int i = skipped; i < count; i++) {
            int row = slot * WIDTH;
            long size = messages.size(i);
            int headLength = (int) Math.min(headBytes, size);
            rows[row + NUMBER] = firstNumber + i;
            rows[row + SIZE] = size;
            rows[row + FIRST_BYTE] = messages.firstByteNanos(i);
            rows[row + LAST_BYTE] = messages.lastByteNanos(i);
            rows[row + CALLED] = messages.calledNanos(i);
            rows[row + ENDED] = messages.endedNanos(i);
            rows[row + STREAM_START] = messages.streamStart(i);
            rows[row + STREAM_END] = messages.streamEnd(i);
            rows[row + READS] = messages.reads(i);
            rows[row + STORED] = stored;
            rows[row + LAST_CALLED] = messages.lastCalledNanos(i);
            rows[row + RETURNED] = messages.returnedNanos(i);
            Told told = messages.told(i);
            // the content comes first, if there is no place for both
            int room = Math.max(0, Math.min(headBytes, heads.longest() - headLength));
            int toldLength = Math.min(room, told.bytes().length);
            rows[row + TOLD] = (long) toldLength << TOLD_LENGTH_SHIFT | told.kind().ordinal();
            rows[row + TOLD_BYTES] = told.length();
            rows[row + HEAD] = head(messages, i, headLength, toldLength);
            rows[row + STATE] =
                    (long) headLength << HEAD_LENGTH_SHIFT
                            | (long) Math.min(ATTEMPTS_MASK, messages.attempts(i)) << ATTEMPTS_SHIFT
                            | spilled
                            | messages.outcome(i).ordinal();
            origins[slot] = origin;
            errors[slot] = messages.error(i);
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
    }

    /** What its peer was told comes behind the head. */
    private long head(FinishedMessages messages, int index, int length, int toldLength) {
        if (!mayKeep(messages, index) || length + toldLength > heads.longest()) {
            return NO_HEAD;
        }
        if (length + toldLength == 0) {
            return Long.MAX_VALUE; // nothing of it can be overwritten
        }
        long position = heads.reserve(length + toldLength);
        byte[] segment = heads.segment(position);
        int offset = heads.offset(position);
        if (length > 0) {
            messages.copyHead(index, length, segment, offset);
        }
        System.arraycopy(messages.told(index).bytes(), 0, segment, offset + length, toldLength);
        return position;
    }

    /**
     * Where more messages end in a second than can be looked at, the contents of most are not
     * copied; those of failed ones are.
     */
    private boolean mayKeep(FinishedMessages messages, int index) {
        long ended = messages.endedNanos(index);
        if (ended - secondBegan > SECOND_NANOS) {
            secondBegan = ended;
            keptThisSecond = 0;
        }
        return keptThisSecond++ < capacity || messages.outcome(index) != Outcome.DELIVERED;
    }

    private int slot(long sequence) {
        return (int) (sequence % capacity);
    }

    synchronized long last() {
        return last;
    }

    synchronized long headBytes() {
        return heads.bytes();
    }

    List<MessageRecord> after(long after, int max) {
        long first;
        int count;
        long[] found;
        @Nullable Origin[] foundOrigins;
        @Nullable String[] foundErrors;
        synchronized (this) {
            first = Math.max(after + 1, Math.max(1, last - capacity + 1));
            count = (int) Math.max(0, Math.min(max, last - first + 1));
            found = new long[count * WIDTH];
            foundOrigins = new Origin[count];
            foundErrors = new String[count];
            for (int i = 0; i < count; i++) {
                int slot = slot(first + i);
                System.arraycopy(rows, slot * WIDTH, found, i * WIDTH, WIDTH);
                foundOrigins[i] = origins[slot];
                foundErrors[i] = errors[slot];
            }
        }
        List<MessageRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Origin origin = foundOrigins[i];
            if (origin != null) {
                records.add(record(first + i, found, i * WIDTH, origin, foundErrors[i]));
            }
        }
        return records;
    }

    synchronized Optional<MessageRecord> find(String id) {
        long sequence = sequence(id);
        if (sequence == 0) {
            return Optional.empty();
        }
        int slot = slot(sequence);
        Origin origin = origins[slot];
        return origin == null
                ? Optional.empty()
                : Optional.of(record(sequence, rows, slot * WIDTH, origin, errors[slot]));
    }

    /** Reads that brought a message, as far as they are kept. */
    synchronized List<StreamRead> reads(String id) {
        long sequence = sequence(id);
        int slot = slot(sequence);
        Origin origin = sequence == 0 ? null : origins[slot];
        ReadRing reads = origin == null ? null : origin.reads();
        return reads == null
                ? List.of()
                : reads.of(rows[slot * WIDTH + STREAM_START], rows[slot * WIDTH + STREAM_END]);
    }

    synchronized Optional<MessageContent> content(String id) {
        return Optional.ofNullable(content(sequence(id), id));
    }

    /** As {@link #after}, with contents; the lock is held for one of them at a time. */
    List<RecordedMessage> recordedAfter(long after, int max) {
        return after(after, max).stream()
                .map(facts -> new RecordedMessage(facts, content(facts.sequence(), facts.id())))
                .toList();
    }

    /** What is kept of the content of a message; null if there is nothing. */
    private synchronized @Nullable MessageContent content(long sequence, String id) {
        if (sequence <= last - capacity) {
            return null;
        }
        int slot = slot(sequence);
        Origin origin = sequence == 0 ? null : origins[slot];
        long position = rows[slot * WIDTH + HEAD];
        if (origin == null || position == NO_HEAD || !heads.isKept(position)) {
            return null;
        }
        int length = (int) (rows[slot * WIDTH + STATE] >>> HEAD_LENGTH_SHIFT);
        int toldLength = (int) (rows[slot * WIDTH + TOLD] >>> TOLD_LENGTH_SHIFT);
        byte[] kept = length + toldLength == 0 ? NO_BYTES : copy(position, length + toldLength);
        return new MessageContent(
                id,
                ByteBuffer.wrap(kept, 0, length).slice(),
                rows[slot * WIDTH + SIZE],
                origin.charset(),
                ByteBuffer.wrap(kept, length, toldLength).slice());
    }

    private byte[] copy(long position, int length) {
        int offset = heads.offset(position);
        return Arrays.copyOfRange(heads.segment(position), offset, offset + length);
    }

    /** The number of a message in this feed; 0 if it is not kept. */
    private long sequence(String id) {
        for (long i = last; i > 0 && i > last - capacity; i--) {
            Origin origin = origins[slot(i)];
            if (origin != null
                    && id.startsWith(origin.connectionId())
                    && id.equals(id(origin, rows[slot(i) * WIDTH]))) {
                return i;
            }
        }
        return 0;
    }

    private static String id(Origin origin, long number) {
        return origin.connectionId() + "." + numberText(number) + origin.idEnd();
    }

    /** Frames that were lost while the stream went on count on their own: x1, x2, … */
    private static String numberText(long number) {
        return number < 0 ? "x" + -number : Long.toString(number);
    }

    private static MessageRecord record(
            long sequence, long[] rows, int row, Origin origin, @Nullable String error) {
        boolean called = rows[row + CALLED] != 0;
        long firstByte = rows[row + FIRST_BYTE];
        long lastByte = rows[row + LAST_BYTE];
        long waitEnd = called ? rows[row + CALLED] : lastByte;
        long beanEnd = called ? rows[row + ENDED] : waitEnd;
        int state = (int) rows[row + STATE];
        return new MessageRecord(
                sequence,
                id(origin, rows[row + NUMBER]),
                origin.copy(),
                origin.connectionId(),
                origin.listener(),
                origin.remoteAddress(),
                rows[row + SIZE],
                WallClock.at(firstByte),
                Duration.ofNanos(lastByte - firstByte),
                Duration.ofNanos(waitEnd - lastByte),
                Duration.ofNanos(beanEnd - waitEnd),
                state >>> ATTEMPTS_SHIFT,
                OUTCOMES[state & OUTCOME_MASK],
                error,
                (state & SPILLED) != 0,
                stream(rows, row),
                stages(rows, row, lastByte, waitEnd, beanEnd),
                new Acknowledgement(
                        KINDS[(int) rows[row + TOLD] & KIND_MASK], rows[row + TOLD_BYTES]));
    }

    private static @Nullable StreamRange stream(long[] rows, int row) {
        long start = rows[row + STREAM_START];
        return start < 0
                ? null
                : new StreamRange(start, rows[row + STREAM_END], (int) rows[row + READS]);
    }

    /** What was not noted took no time; what comes from an earlier run has another clock. */
    private static Stages stages(long[] rows, int row, long lastByte, long waitEnd, long beanEnd) {
        long stored = within(rows[row + STORED], lastByte, waitEnd, lastByte);
        long lastCalled = within(rows[row + LAST_CALLED], waitEnd, beanEnd, waitEnd);
        long returned = within(rows[row + RETURNED], lastCalled, beanEnd, beanEnd);
        return new Stages(
                Duration.ofNanos(stored - lastByte),
                Duration.ofNanos(waitEnd - stored),
                Duration.ofNanos(lastCalled - waitEnd),
                Duration.ofNanos(returned - lastCalled),
                Duration.ofNanos(beanEnd - returned));
    }

    private static long within(long nanos, long least, long most, long otherwise) {
        return nanos == 0 ? otherwise : Math.max(least, Math.min(most, nanos));
    }
}
