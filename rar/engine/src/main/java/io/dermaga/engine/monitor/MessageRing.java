package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest messages, numbered, and the beginnings of the latest of their contents within a bound
 * of heap. One lock: a writer waits for tens of nanoseconds, at worst for one scan.
 */
final class MessageRing {

    private final @Nullable FinishedMessage[] messages;
    private final @Nullable ByteBuffer[] heads;
    private final long headCapacity;
    private long headBytes;
    private long oldestHead = 1;
    private long last;

    MessageRing(int capacity, long headCapacity) {
        this.messages = new FinishedMessage[capacity];
        this.heads = new ByteBuffer[capacity];
        this.headCapacity = headCapacity;
    }

    synchronized void add(FinishedMessage message, byte[] head) {
        long sequence = ++last;
        int slot = slot(sequence);
        if (sequence - oldestHead >= messages.length) {
            dropOldestHead();
        }
        messages[slot] = message;
        heads[slot] = ByteBuffer.wrap(head);
        headBytes += head.length;
        while (headBytes > headCapacity) {
            dropOldestHead();
        }
    }

    private void dropOldestHead() {
        int slot = slot(oldestHead++);
        ByteBuffer head = heads[slot];
        if (head != null) {
            headBytes -= head.capacity();
            heads[slot] = null;
        }
    }

    private int slot(long sequence) {
        return (int) (sequence % messages.length);
    }

    synchronized long last() {
        return last;
    }

    synchronized long headBytes() {
        return headBytes;
    }

    List<MessageRecord> after(long after, int max) {
        List<FinishedMessage> found = new ArrayList<>();
        long first;
        synchronized (this) {
            first = Math.max(after + 1, Math.max(1, last - messages.length + 1));
            for (long i = first; i <= last && found.size() < max; i++) {
                FinishedMessage message = messages[slot(i)];
                if (message != null) {
                    found.add(message);
                }
            }
        }
        List<MessageRecord> records = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            records.add(record(first + i, found.get(i)));
        }
        return records;
    }

    synchronized Optional<MessageRecord> find(String id) {
        long sequence = sequence(id);
        FinishedMessage message = sequence == 0 ? null : messages[slot(sequence)];
        return message == null ? Optional.empty() : Optional.of(record(sequence, message));
    }

    synchronized Optional<MessageContent> content(String id) {
        long sequence = sequence(id);
        FinishedMessage message = sequence == 0 ? null : messages[slot(sequence)];
        ByteBuffer head = sequence == 0 ? null : heads[slot(sequence)];
        if (message == null || head == null || sequence < oldestHead) {
            return Optional.empty();
        }
        return Optional.of(new MessageContent(id, head, message.size(), message.charset()));
    }

    private long sequence(String id) {
        for (long i = last; i > 0 && i > last - messages.length; i--) {
            FinishedMessage message = messages[slot(i)];
            if (message != null
                    && id.startsWith(message.connectionId())
                    && id.equals(message.id())) {
                return i;
            }
        }
        return 0;
    }

    private static MessageRecord record(long sequence, FinishedMessage message) {
        boolean called = message.calledNanos() != 0;
        long waitEnd = called ? message.calledNanos() : message.lastByteNanos();
        long beanEnd = called ? message.endedNanos() : waitEnd;
        return new MessageRecord(
                sequence,
                message.id(),
                message.connectionId(),
                message.listener(),
                message.remoteAddress(),
                message.size(),
                WallClock.at(message.firstByteNanos()),
                Duration.ofNanos(message.lastByteNanos() - message.firstByteNanos()),
                Duration.ofNanos(waitEnd - message.lastByteNanos()),
                Duration.ofNanos(beanEnd - waitEnd),
                message.attempts(),
                message.outcome(),
                message.error(),
                message.spilled());
    }
}
