package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.api.monitor.RecordedMessage;
import io.dermaga.api.monitor.StreamRead;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
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
    private final WarningCounts warningCounts = new WarningCounts();
    private final Set<Runnable> putOff = ConcurrentHashMap.newKeySet();
    private final AtomicLong second = new AtomicLong();
    private final AtomicLong warnings = new AtomicLong();

    /**
     * @param recordCapacity heap bytes for kept contents
     */
    public Feed(long recordCapacity) {
        this.messages = new MessageRing(Monitor.MESSAGES_KEPT, recordCapacity);
    }

    /**
     * Messages have ended.
     *
     * @param headBytes how much of each content is kept, at most
     */
    public void messages(FinishedMessages finished, int headBytes) {
        messages.add(finished, headBytes);
    }

    /**
     * From now on whoever reads the feed first lets this one tell what it has put off.
     *
     * @param publish any thread
     */
    public void join(Runnable publish) {
        putOff.add(publish);
    }

    /** The end of {@link #join}. */
    public void leave(Runnable publish) {
        putOff.remove(publish);
    }

    /** Lets everything be told that was put off: what is read afterwards is up to date. */
    public void catchUp() {
        putOff.forEach(Runnable::run);
    }

    /**
     * Something ordinary has happened: logged at level DEBUG.
     *
     * @param text gives the same words whenever it is asked, and keeps nothing large
     */
    public void detail(
            Kind kind, String listener, @Nullable String connectionId, Supplier<String> text) {
        events.add(kind, listener, connectionId, text);
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, text);
        }
    }

    /** Something that an operator should read has happened: logged at level INFO. */
    public void info(Kind kind, @Nullable String listener, String text) {
        events.add(kind, listener, null, () -> text);
        LOG.log(Level.INFO, text);
    }

    /** Something has gone wrong: logged at level WARNING. */
    public void warning(
            Kind kind, @Nullable String listener, @Nullable String connectionId, String text) {
        warning(kind, listener, connectionId, WarningCounts.numberOf(text), () -> text);
    }

    /**
     * Something has gone wrong that peers can cause many times: logged at level WARNING, so many in
     * a second; others are put into words only when they are read.
     *
     * @param number that the text begins with
     * @param text gives the same words whenever it is asked, and keeps nothing large
     */
    public void warning(
            Kind kind,
            @Nullable String listener,
            @Nullable String connectionId,
            String number,
            Supplier<String> text) {
        warningCounts.count(number);
        events.add(kind, listener, connectionId, text);
        LOG.log(mayWarn() ? Level.WARNING : Level.DEBUG, text);
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

    /** How often each warning was told, by its number. */
    public Map<String, Long> warnings() {
        return warningCounts.snapshot();
    }

    public long lastMessage() {
        catchUp();
        return messages.last();
    }

    public List<MessageRecord> messages(long after, int max) {
        catchUp();
        return messages.after(after, max);
    }

    public List<RecordedMessage> recorded(long after, int max) {
        catchUp();
        return messages.recordedAfter(after, max);
    }

    public Optional<MessageRecord> message(String id) {
        catchUp();
        return messages.find(id);
    }

    public List<StreamRead> reads(String id) {
        catchUp();
        return messages.reads(id);
    }

    public Optional<MessageContent> content(String id) {
        catchUp();
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
