package io.dermaga.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the identity provider, within limits of time and size, and is not led elsewhere. Uses no
 * thread of its own and keeps no connection. Thread-safe.
 */
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever {

    private static final int PART = 8192;

    private final Duration timeout;
    private final int most;

    /**
     * @param timeout of connecting, and of each wait; the body of an answer as a whole has twice
     *     that
     * @param most bytes of an answer
     */
    ProviderHttp(Duration timeout, int most) {
        this.timeout = timeout;
        this.most = most;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        HTTPResponse answer = get(url);
        if (answer.getStatusCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("status " + answer.getStatusCode() + " of " + url);
        }
        String type = answer.getHeaderValue("Content-Type");
        return new Resource(answer.getBody() == null ? "" : answer.getBody(), type);
    }

    /** An answer, whatever its status. */
    HTTPResponse get(URL url) throws IOException {
        return exchange(url, "GET", Map.of("Accept", List.of("application/json")), null);
    }

    @Override
    public HTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        return exchange(
                request.getURL(),
                request.getMethod().name(),
                request.getHeaderMap(),
                request.getBody());
    }

    private HTTPResponse exchange(
            URL url, String method, Map<String, List<String>> headers, @Nullable String body)
            throws IOException {
        if (!isSafe(url)) {
            throw new IOException("not asked without encryption: " + url);
        }
        long began = System.nanoTime();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        try {
            connection.setRequestMethod(method);
            connection.setUseCaches(false);
            connection.setInstanceFollowRedirects(false); // what is sent is for this server only
            connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
            connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
            connection.setRequestProperty("User-Agent", "Dermaga");
            headers.forEach(
                    (name, values) ->
                            values.forEach(value -> connection.addRequestProperty(name, value)));
            if (body != null) {
                write(connection, body.getBytes(StandardCharsets.UTF_8));
            }
            return answer(connection, began);
        } finally {
            connection.disconnect();
        }
    }

    private static boolean isSafe(URL url) {
        try {
            return Endpoints.isSafe(url.toURI());
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static void write(HttpURLConnection connection, byte[] body) throws IOException {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length); // never sent a second time
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
    }

    private HTTPResponse answer(HttpURLConnection connection, long began) throws IOException {
        HTTPResponse answer = new HTTPResponse(connection.getResponseCode());
        for (String name : List.of("Content-Type", "Date")) {
            String value = connection.getHeaderField(name);
            if (value != null) {
                answer.setHeader(name, value);
            }
        }
        boolean failed = answer.getStatusCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in = failed ? connection.getErrorStream() : connection.getInputStream()) {
            if (in != null) {
                answer.setBody(read(in, began));
            }
        }
        return answer;
    }

    private String read(InputStream in, long began) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        for (int length = in.read(part); length >= 0; length = in.read(part)) {
            bytes.write(part, 0, length);
            if (bytes.size() > most) {
                throw new IOException("an answer has more than " + most + " bytes");
            }
            if (System.nanoTime() - began > 2 * timeout.toNanos()) {
                throw new IOException(
                        "an answer takes longer than " + 2 * timeout.toSeconds() + " s");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
