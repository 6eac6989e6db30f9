package io.dermaga.engine.recording;

import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.RecordingReplay;
import io.dermaga.api.monitor.RecordingReplay.Replies;
import io.dermaga.api.monitor.RecordingReplay.State;
import io.dermaga.api.monitor.RecordingReplayRequest;
import io.dermaga.engine.monitor.Escape;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a recorded peer has sent, each read in one write, at its time, and not before as many
 * bytes of replies have come as had come then. Runs on a thread of its own; a second one takes the
 * replies.
 */
final class Playback implements Runnable {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long REPLY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long MORE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration SLACK = Duration.ofMinutes(1);
    private static final Duration MOST_TIME = Duration.ofHours(24);

    private final String id;
    private final String actor;
    private final RecordingReplayRequest request;
    private final RecordedConnection recorded;
    private final Target target;
    private final Steps steps;
    private final ReplyComparison replies;
    private final ScheduledExecutorService timer;
    private final Consumer<RecordingReplay> told;
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private volatile @Nullable Socket socket;
    private volatile boolean late;

    // written by the thread that runs
    private volatile State state = State.RUNNING;
    private volatile @Nullable Instant endedAt;
    private volatile long sent;
    private volatile @Nullable Replies result;
    private volatile @Nullable String error;
    private boolean answersAwaited = true;
    private boolean endExpected;

    /**
     * @param steps of the connection, from the beginning; closed by this
     * @param replies as well
     * @param timer ends it when its time is over
     * @param told once, at the end
     */
    Playback(
            String id,
            String actor,
            RecordingReplayRequest request,
            RecordedConnection recorded,
            Target target,
            Steps steps,
            ReplyComparison replies,
            ScheduledExecutorService timer,
            Consumer<RecordingReplay> told) {
        this.id = id;
        this.actor = actor;
        this.request = request;
        this.recorded = recorded;
        this.target = target;
        this.steps = steps;
        this.replies = replies;
        this.timer = timer;
        this.told = told;
    }

    String id() {
        return id;
    }

    /** Ends it soon; false if it has ended, or is cancelled already. */
    synchronized boolean cancel() {
        if (state != State.RUNNING || cancelled.getCount() == 0) {
            return false;
        }
        cancelled.countDown();
        closeSocket();
        return true;
    }

    private void closeSocket() {
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it is closed all the same
            }
        }
    }

    private boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** Its time is over. On the timer. */
    private void expire() {
        late = true;
        closeSocket();
    }

    private Duration limit() {
        Duration length = Duration.between(recorded.firstAt(), recorded.lastAt());
        double slower = request.speed() == 0 ? 1 : 1 / request.speed();
        Duration all = Duration.ofNanos((long) (length.toNanos() * slower)).plus(SLACK);
        return all.compareTo(MOST_TIME) > 0 ? MOST_TIME : all;
    }

    @Override
    public void run() {
        State end = State.FAILED;
        Future<?> expiry = timer.schedule(this::expire, limit().toMillis(), TimeUnit.MILLISECONDS);
        try (steps;
                replies) {
            play();
            end = State.DONE;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            error = Escape.cause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // only the end of the process does that
        } finally {
            expiry.cancel(false);
            closeSocket();
            end(end);
            told.accept(facts());
        }
    }

    private synchronized void end(State reached) {
        State now = reached;
        if (isCancelled()) {
            now = State.CANCELLED;
        } else if (late) {
            now = State.FAILED;
            error = "its time of " + limit().toSeconds() + " s is over";
        }
        if (now == State.CANCELLED) {
            error = null;
            result = null;
        }
        endedAt = Instant.now();
        state = now;
    }

    private void play() throws IOException, GeneralSecurityException, InterruptedException {
        Socket open = connect();
        Thread taker = new Thread(null, () -> take(open), Thread.currentThread().getName() + "-in");
        taker.setDaemon(true);
        taker.start();
        try {
            if (isSent(open) && replies.await(recorded.bytesWritten(), REPLY_NANOS)) {
                replies.awaitEnd(endExpected ? REPLY_NANOS : MORE_NANOS);
            }
        } finally {
            open.close();
            taker.join();
        }
        result = replies.result(recorded.bytesWritten());
    }

    private Socket connect() throws IOException, GeneralSecurityException {
        Socket plain = new Socket();
        socket = plain;
        return OwnSocket.connect(plain, target);
    }

    // ---- what the peer had sent

    /** False if the peer had reset the connection then: nobody waits for replies. */
    private boolean isSent(Socket open) throws IOException, InterruptedException {
        long answers = 0;
        Steps.Step step = steps.next();
        long first = step == null ? 0 : step.nanos();
        while (step != null && !isCancelled() && !late) {
            switch (step.kind()) {
                case READ -> {
                    awaitTurn(step.nanos() - first, answers);
                    send(open, step.data());
                }
                case WRITTEN -> answers += step.data().length;
                case PEER_ENDED -> {
                    awaitTurn(step.nanos() - first, answers);
                    endOutput(open);
                }
                case PEER_RESET -> {
                    awaitTurn(step.nanos() - first, answers);
                    open.setSoLinger(true, 0);
                    return false;
                }
                case ENDED, RESET -> endExpected = true;
            }
            step = steps.next();
        }
        return true;
    }

    /** A listener that has closed may have done so then as well: replies tell. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void send(Socket open, byte[] data) throws IOException {
        if (replies.hasEnded()) {
            return;
        }
        try {
            open.getOutputStream().write(data);
            open.getOutputStream().flush();
            sent += data.length;
        } catch (SocketException e) {
            // as above
        }
    }

    private void endOutput(Socket open) throws IOException {
        try {
            open.shutdownOutput();
        } catch (SocketException e) {
            // as above
        }
    }

    private void awaitTurn(long recordedNanos, long answers) throws InterruptedException {
        if (request.speed() > 0) {
            long due = startNanos + (long) (recordedNanos / request.speed());
            long left = due - System.nanoTime();
            if (left > 0 && cancelled.await(left, TimeUnit.NANOSECONDS)) {
                return;
            }
        }
        if (answersAwaited && !replies.await(answers, REPLY_NANOS)) {
            answersAwaited = false; // they are others, or none: goes on without waiting for them
        }
    }

    // ---- what the listener answers

    private void take(Socket open) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = open.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                replies.took(buffer, read);
            }
            replies.ended(ReplyComparison.End.ENDED);
        } catch (IOException e) {
            boolean own = open.isClosed() || isCancelled() || late;
            replies.ended(own ? ReplyComparison.End.CLOSED : ReplyComparison.End.RESET);
        }
    }

    /** How it stands. */
    RecordingReplay facts() {
        return new RecordingReplay(
                id,
                request.recording(),
                request.connection(),
                target.listener(),
                request.speed(),
                actor,
                state,
                startedAt,
                endedAt,
                recorded.bytesRead(),
                sent,
                recorded.bytesWritten(),
                replies.received(),
                result,
                replies.difference(),
                error);
    }
}
