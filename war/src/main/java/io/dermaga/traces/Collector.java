package io.dermaga.traces;

import io.dermaga.http.RunningRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who takes spans: OTLP 1.x over HTTP, binary. Uses no thread of its own and keeps no
 * connection. Thread-safe; one request at a time.
 */
final class Collector {

    private static final int MOST_ANSWER_BYTES = 64 << 10;
    private static final int MOST_RETRY_SECONDS = 300;

    /** What is done with a request. */
    enum Verdict {
        TAKEN,
        /** Not now: the same request may be taken later. */
        AGAIN,
        /** Never. */
        REFUSED
    }

    /**
     * How a request was answered.
     *
     * @param rejection what was left out of it
     * @param text why it was not taken; empty if it was
     * @param pause that the collector asks for; null: none
     */
    record Answer(Verdict verdict, Rejection rejection, String text, @Nullable Duration pause) {

        private static Answer taken(Rejection rejection) {
            return new Answer(Verdict.TAKEN, rejection, "", null);
        }

        private static Answer of(Verdict verdict, String text, @Nullable Duration pause) {
            return new Answer(verdict, Rejection.NONE, text, pause);
        }
    }

    private final URI address;
    private final CollectorHeaders headers;
    private final Clock clock;
    private final RunningRequest running = new RunningRequest();

    Collector(URI address, CollectorHeaders headers, Clock clock) {
        this.address = address;
        this.headers = headers;
        this.clock = clock;
    }

    /** Scheme, host and port. */
    String shown() {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port;
    }

    /**
     * Sends a request; blocks until it is answered.
     *
     * @param limit of connecting, of waiting for a part of the answer, and twice of it all
     */
    Answer post(byte[] request, Duration limit) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            running.began(connection, clock.instant().plus(limit.multipliedBy(2)));
            try {
                write(connection, zipped(request), Math.toIntExact(limit.toMillis()));
                return answer(connection, connection.getResponseCode());
            } finally {
                connection.disconnect();
                running.ended();
            }
        } catch (HttpRetryException refused) {
            return refused(refused.responseCode());
        } catch (IOException | RuntimeException failed) { // a connection that is cut has no parts
            return Answer.of(Verdict.AGAIN, failed.toString(), null);
        }
    }

    private void write(HttpURLConnection connection, byte[] body, int millis) throws IOException {
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setUseCaches(false);
        connection.setInstanceFollowRedirects(false); // headers may be secrets
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setFixedLengthStreamingMode(body.length);
        headers.read().forEach(connection::setRequestProperty);
        connection.setRequestProperty("Content-Type", "application/x-protobuf");
        connection.setRequestProperty("Content-Encoding", "gzip");
        connection.setRequestProperty("User-Agent", "Dermaga");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    /** OTLP, "OTLP/HTTP Response": which status means what. */
    private static Answer answer(HttpURLConnection connection, int status) throws IOException {
        if (status >= 200 && status < 300) {
            try (InputStream in = connection.getInputStream()) {
                return Answer.taken(Rejection.of(in.readNBytes(MOST_ANSWER_BYTES)));
            }
        }
        boolean again = status == 429 || status == 502 || status == 503 || status == 504;
        return again
                ? Answer.of(Verdict.AGAIN, "it answered " + status, retryAfter(connection))
                : refused(status);
    }

    private static Answer refused(int status) {
        String redirected = status / 100 == 3 ? ", and redirects are not followed" : "";
        return Answer.of(Verdict.REFUSED, "it answered " + status + redirected, null);
    }

    private static @Nullable Duration retryAfter(HttpURLConnection connection) {
        int seconds = connection.getHeaderFieldInt("Retry-After", 0);
        return seconds > 0 ? Duration.ofSeconds(Math.min(seconds, MOST_RETRY_SECONDS)) : null;
    }

    /** Ends a request that takes too long: who writes or reads slowly would not be noticed. */
    void watch() {
        running.watch(clock.instant());
    }

    /** Ends a request that goes on. */
    void cut() {
        running.cut();
    }
}
