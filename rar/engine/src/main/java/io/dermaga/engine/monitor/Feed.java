package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where everything that happened is told once: to the feed, and in the same words to the log. A
 * peer cannot flood the log: above 50 warnings a second the rest is only counted.
 */
public final class Feed {

    private static final Logger LOG = System.getLogger("io.dermaga");
    private static final int MOST_WARNINGS_A_SECOND = 50;

    private final MessageRing messages;
    private final EventRing events = new EventRing(Monitor.EVENTS_KEPT);
    private final AtomicLong second = new AtomicLong();
    private final AtomicLong warnings = new AtomicLong();

    /**
     * @param recordCapacity heap bytes for kept contents
     */
    public Feed(long recordCapacity) {
        this.messages = new MessageRing(Monitor.MESSAGES_KEPT, recordCapacity);
    }

    /**
     * A message has ended.
     *
     * @param head the kept beginning of its content; owned by the feed from now on
     */
    public void message(FinishedMessage message, byte[] head) {
        messages.add(message, head);
    }

    /** Something ordinary has happened: logged at level DEBUG. */
    public void detail(Kind kind, String listener, @Nullable String connectionId, String text) {
        events.add(kind, listener, connectionId, text);
        LOG.log(Level.DEBUG, text);
    }

    /** Something that an operator should read has happened: logged at level INFO. */
    public void info(Kind kind, @Nullable String listener, String text) {
        events.add(kind, listener, null, text);
        LOG.log(Level.INFO, text);
    }

    /** Something has gone wrong: logged at level WARNING. */
    public void warning(
            Kind kind, @Nullable String listener, @Nullable String connectionId, String text) {
        events.add(kind, listener, connectionId, text);
        if (mayWarn()) {
            LOG.log(Level.WARNING, text);
        } else {
            LOG.log(Level.DEBUG, text);
        }
    }

    private boolean mayWarn() {
        long now = System.nanoTime() / 1_000_000_000;
        long before = second.get();
        if (before != now && second.compareAndSet(before, now)) {
            long suppressed = warnings.getAndSet(0) - MOST_WARNINGS_A_SECOND;
            if (suppressed > 0) {
                LOG.log(
                        Level.WARNING,
                        "DMG2199 " + suppressed + " more warnings in one second, not logged");
            }
        }
        return warnings.incrementAndGet() <= MOST_WARNINGS_A_SECOND;
    }

    public long lastMessage() {
        return messages.last();
    }

    public List<MessageRecord> messages(long after, int max) {
        return messages.after(after, max);
    }

    public Optional<MessageRecord> message(String id) {
        return messages.find(id);
    }

    public Optional<MessageContent> content(String id) {
        return messages.content(id);
    }

    /** Heap bytes of kept contents. */
    public long recordBytes() {
        return messages.headBytes();
    }

    public long lastEvent() {
        return events.last();
    }

    public List<MonitorEvent> events(long after, int max) {
        return events.after(after, max);
    }
}
