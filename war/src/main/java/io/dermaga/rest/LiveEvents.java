package io.dermaga.rest;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Sends events to those who listen, each on a thread of the container of its own, so that a slow
 * one holds up nobody: it falls behind, is told what it has missed, and is dropped when the server
 * cannot write to it for so long that it gives up. Thread-safe.
 */
@ApplicationScoped
public class LiveEvents {

    /** How many may listen at once. */
    static final int SUBSCRIBERS = 16;

    private static final int BATCH = 200;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Resource private ManagedExecutorService executor;
    @Inject private ConnectedMonitor monitor;
    @Inject private Masks masks;

    private final Semaphore free = new Semaphore(SUBSCRIBERS);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @PreDestroy
    void stop() {
        stopped.countDown();
    }

    /**
     * Sends what happens, until the client is gone, the adapter is away or the dashboard stops.
     *
     * @param after number of the event that the client has
     * @param allowed whether he may still listen
     */
    void subscribe(long after, SseEventSink sink, Sse sse, BooleanSupplier allowed) {
        if (!free.tryAcquire()) {
            throw tooMany();
        }
        try {
            executor.execute(() -> run(after, sink, sse, allowed));
        } catch (RejectedExecutionException busy) {
            free.release();
            throw tooMany();
        }
    }

    private static Refused tooMany() {
        return Refused.of(
                Status.SERVICE_UNAVAILABLE,
                "DMG4324 " + SUBSCRIBERS + " clients listen to events, allowed: " + SUBSCRIBERS);
    }

    private void run(long after, SseEventSink sink, Sse sse, BooleanSupplier allowed) {
        try (sink) {
            send(sink, sse.newEventBuilder().comment("events of Dermaga").build());
            follow(after, sink, sse, allowed);
        } catch (ExecutionException | TimeoutException | IllegalStateException gone) {
            // the client has left, just now or before, or does not read
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }

    private void follow(long after, SseEventSink sink, Sse sse, BooleanSupplier allowed)
            throws ExecutionException, InterruptedException, TimeoutException {
        long last = after;
        long sentAt = System.nanoTime();
        while (!sink.isClosed() && allowed.getAsBoolean()) {
            long from = last;
            List<MonitorEvent> events =
                    monitor.ask(source -> source.events(from, BATCH)).orElse(null);
            if (events == null) {
                return;
            }
            for (MonitorEvent event : events) {
                if (event.sequence() > last + 1) {
                    String missed = (event.sequence() - last - 1) + " events are forgotten";
                    send(sink, sse.newEventBuilder().comment(missed).build());
                }
                send(sink, event(masks.event(event), sse));
                last = event.sequence();
                sentAt = System.nanoTime();
            }
            if (System.nanoTime() - sentAt > HEARTBEAT.toNanos()) {
                send(sink, sse.newEventBuilder().comment("still here").build());
                sentAt = System.nanoTime();
            }
            if (events.isEmpty() && stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private static OutboundSseEvent event(MonitorEvent event, Sse sse) {
        return sse.newEventBuilder()
                .id(Long.toString(event.sequence()))
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(JsonBinding.text(event))
                .build();
    }

    private static void send(SseEventSink sink, OutboundSseEvent event)
            throws ExecutionException, InterruptedException, TimeoutException {
        sink.send(event).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
