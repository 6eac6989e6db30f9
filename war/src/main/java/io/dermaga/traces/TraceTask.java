package io.dermaga.traces;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.traces.Collector.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Exports what the reader finds. What a collector does not take now is sent again, after 1, 2, 4, 8
 * and then every 10 s, or when it says; meanwhile messages wait, as many as may. What it refuses is
 * dropped. Thread-safe.
 */
final class TraceTask implements AutoCloseable {

    /** Payloads of one request. */
    static final int BATCH = 500;

    private static final System.Logger LOG = System.getLogger(Traces.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** For what is left when the application ends. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private final ConnectedMonitor monitor;
    private final TraceReader reader;
    private final TraceQueue queue;
    private final Collector collector;
    private final TraceSettings settings;
    private final Clock clock;
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean closed;
    private volatile @Nullable String problem;
    private final AtomicLong exported = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong rejectedSpans = new AtomicLong();

    // of the thread that sends
    private int attempts;
    private Instant next = Instant.MIN;

    TraceTask(
            ConnectedMonitor monitor,
            TraceReader reader,
            TraceQueue queue,
            TraceSettings settings,
            Clock clock) {
        this.monitor = monitor;
        this.reader = reader;
        this.queue = queue;
        this.collector = new Collector(settings.endpoint(), settings.headers(), clock);
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes what is new of the adapter. */
    void read() {
        collector.watch();
        monitor.ask(
                source -> {
                    reader.read(source);
                    return source;
                });
    }

    /** Sends what is due; blocks until it is answered. */
    void send() {
        if (!sending.tryLock()) {
            return; // it goes on elsewhere, or the application ends
        }
        try {
            boolean more = true;
            while (more && !closed && !clock.instant().isBefore(next)) {
                more = sendBatch(settings.timeout());
            }
        } finally {
            sending.unlock();
        }
    }

    /** Whether there may be more. */
    private boolean sendBatch(Duration limit) {
        List<MessageRecord> batch = queue.next(BATCH);
        if (batch.isEmpty()) {
            return false;
        }
        answered(batch, collector.post(ExportRequest.of(resource(), batch), limit));
        return true;
    }

    private Map<String, Object> resource() {
        return Map.of(
                "service.name", settings.service(), "service.instance.id", settings.instance());
    }

    private void answered(List<MessageRecord> batch, Answer answer) {
        switch (answer.verdict()) {
            case TAKEN -> taken(batch, answer.rejection());
            case AGAIN -> {
                Duration pause = answer.pause() == null ? pause() : answer.pause();
                next = clock.instant().plus(pause);
                attempts++;
                failed("DMG4801 collector %s does not take spans, they are sent again: %s", answer);
            }
            case REFUSED -> {
                refused.addAndGet(batch.size());
                ended();
                failed("DMG4803 collector %s refuses spans, they are dropped: %s", answer);
            }
        }
    }

    private Duration pause() {
        Duration pause = Duration.ofSeconds(1L << Math.min(attempts, 4));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void taken(List<MessageRecord> batch, Rejection rejection) {
        exported.addAndGet(batch.size());
        rejectedSpans.addAndGet(rejection.spans());
        ended();
        if (rejection.spans() > 0) {
            failed(
                    "DMG4804 collector %s left out %d spans of a request: %s"
                            .formatted(
                                    collector.shown(),
                                    rejection.spans(),
                                    Visible.line(cut(rejection.why()))));
        } else if (problem != null) {
            problem = null;
            LOG.log(
                    System.Logger.Level.INFO,
                    "DMG4802 collector %s takes spans again; payloads without a trace since the start: %d"
                            .formatted(collector.shown(), status().dropped()));
        }
    }

    private static String cut(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }

    private void ended() {
        queue.ended();
        attempts = 0;
    }

    private void failed(String text, Answer answer) {
        failed(text.formatted(collector.shown(), answer.text()));
    }

    private void failed(String text) {
        boolean first = problem == null;
        problem = text;
        if (first && !closed) {
            LOG.log(System.Logger.Level.WARNING, text);
        }
    }

    /** How it stands. */
    TraceStatus status() {
        return new TraceStatus(
                collector.shown(),
                exported.get(),
                queue.size(),
                queue.overflown(),
                refused.get(),
                reader.forgotten(),
                rejectedSpans.get(),
                problem);
    }

    /** Sends what is left, if that goes quickly, and no more. */
    @Override
    public void close() {
        closed = true;
        try {
            if (sending.tryLock(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    last();
                } finally {
                    sending.unlock();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            collector.cut();
        }
    }

    private void last() {
        if (problem == null) {
            read();
            sendBatch(LAST);
        }
    }
}
