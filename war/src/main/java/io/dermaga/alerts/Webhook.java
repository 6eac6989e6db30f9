package io.dermaga.alerts;

import io.dermaga.http.RunningRequest;
import jakarta.json.Json;
import java.io.IOException;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Sends alerts to somebody else's server, one after another in their order. What it does not take
 * now is sent again, after 1, 2, 4 … 60 s, {@value #ATTEMPTS} times; what it refuses, or leads
 * elsewhere, is not. Uses no thread of its own and keeps no connection. Thread-safe.
 */
final class Webhook {

    /** How many wait at most; the oldest ones are given up for newer ones. */
    static final int WAITING = 100;

    /** How often one is sent at most: for a quarter of an hour. */
    static final int ATTEMPTS = 20;

    static final String SIGNATURE = "X-Dermaga-Signature";

    private static final System.Logger LOG = System.getLogger(Alerts.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(20);

    /** How it is answered: taken, for ever refused, or for now. */
    private record Answer(boolean taken, boolean again, String text) {}

    private final WebhookTarget target;
    private final Clock clock;
    private final Duration timeout;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int attempts;
    private Instant next = Instant.MIN;
    private long sent;
    private long lost;
    private @Nullable String problem;
    private final RunningRequest running = new RunningRequest();
    private boolean closed;

    /**
     * @param timeout of connecting, and of waiting for an answer
     */
    Webhook(WebhookTarget target, Clock clock, Duration timeout) {
        this.target = target;
        this.clock = clock;
        this.timeout = timeout;
    }

    /**
     * Has an alert sent by a later {@link #send}.
     *
     * @param event {@code fired}, {@code acknowledged} or {@code resolved}
     */
    synchronized void offer(String event, Alert alert) {
        if (waiting.size() >= WAITING) {
            waiting.removeFirst();
            attempts = 0;
            giveUp(WAITING + " wait already");
        }
        waiting.addLast(
                Json.createObjectBuilder()
                        .add("event", event)
                        .add("at", clock.instant().toString())
                        .add("alert", AlertJson.of(alert))
                        .build()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Sends what is due; blocks until it is answered. One thread at a time. */
    void send() {
        for (byte[] body = due(); body != null; body = due()) {
            answered(body, post(body));
        }
    }

    private synchronized byte @Nullable [] due() {
        return closed || clock.instant().isBefore(next) ? null : waiting.peekFirst();
    }

    private synchronized void answered(byte[] body, Answer answer) {
        boolean isHead = waiting.peekFirst() == body; // and not given up meanwhile
        if (answer.taken()) {
            sent++;
            if (problem != null) {
                problem = null;
                LOG.log(
                        System.Logger.Level.INFO,
                        "DMG4656 webhook " + target.shown() + " takes alerts again");
            }
            if (isHead) {
                waiting.removeFirst();
            }
            attempts = 0;
            return;
        }
        boolean first = problem == null;
        problem =
                "DMG4654 webhook %s did not take an alert: %s"
                        .formatted(target.shown(), answer.text());
        if (first && !closed) {
            LOG.log(System.Logger.Level.WARNING, problem);
        }
        if (!isHead) {
            return;
        }
        attempts++;
        if (answer.again() && attempts < ATTEMPTS) {
            Duration pause = Duration.ofSeconds(1L << Math.min(attempts - 1, 6));
            next = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            return;
        }
        waiting.removeFirst();
        giveUp(answer.text() + " (attempt " + attempts + ")");
        attempts = 0;
    }

    private void giveUp(String why) {
        lost++;
        LOG.log(
                System.Logger.Level.WARNING,
                "DMG4655 an alert for webhook %s is given up: %s".formatted(target.shown(), why));
    }

    private Answer post(byte[] body) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) target.address().toURL().openConnection();
            running.began(connection, clock.instant().plus(LONGEST_REQUEST));
            try {
                return answer(status(connection, body));
            } finally {
                connection.disconnect();
                running.ended();
            }
        } catch (HttpRetryException refused) {
            return answer(refused.responseCode());
        } catch (IOException | RuntimeException failed) { // a connection that is cut has no parts
            return new Answer(false, true, failed.toString());
        }
    }

    private int status(HttpURLConnection connection, byte[] body) throws IOException {
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setUseCaches(false);
        connection.setInstanceFollowRedirects(false); // what is sent is for this server only
        connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
        connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("User-Agent", "Dermaga");
        if (target.authorization() != null) {
            connection.setRequestProperty("Authorization", target.authorization());
        }
        if (target.secret() != null) {
            connection.setRequestProperty(SIGNATURE, signature(target.secret(), body));
        }
        connection.getOutputStream().write(body);
        return connection.getResponseCode();
    }

    /** {@code sha256=} and the HMAC of the body by the secret, in hexadecimal digits. */
    static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static Answer answer(int status) {
        if (status >= 200 && status < 300) {
            return new Answer(true, false, "");
        }
        if (status >= 300 && status < 400) {
            return new Answer(false, false, status + ", and redirects are not followed");
        }
        boolean again = status < 400 || status >= 500 || status == 408 || status == 429;
        return new Answer(false, again, "it answered " + status);
    }

    /** Ends a request that takes too long; the timeouts are for each read alone. */
    void watch() {
        running.watch(clock.instant());
    }

    synchronized WebhookStatus status() {
        return new WebhookStatus(target.shown(), sent, waiting.size(), lost, problem);
    }

    /** Sends no more; a request that goes on is cut. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        running.cut();
    }
}
