package io.dermaga.it.support;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A client of the REST interface that keeps no cookies, as curl. */
public final class Rest {

    /** That of each {@link #user}. */
    public static final String USER_PASSWORD = "mooring of the tests";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build();

    private final URI dashboard;
    private final List<String> headers;

    private Rest(URI dashboard, List<String> headers) {
        this.dashboard = dashboard;
        this.headers = List.copyOf(headers);
    }

    /**
     * One who brings no password.
     *
     * @param dashboard its address, without a slash at its end
     */
    public static Rest nobody(URI dashboard) {
        return new Rest(dashboard, List.of());
    }

    /** The user {@code viewer}. */
    public static Rest viewer(URI dashboard) {
        return nobody(dashboard).as("viewer", ProductServer.VIEWER_PASSWORD);
    }

    /** The user {@code admin}, who has all roles but that of a revealer. */
    public static Rest operator(URI dashboard) {
        return nobody(dashboard).as("admin", ProductServer.PASSWORD);
    }

    /** The id of the message of a peer with this port, when the adapter tells of it. */
    public String messageOf(int peer) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> latestOf(":" + peer), id -> !id.isEmpty());
    }

    private String latestOf(String peer) {
        for (var one : json("/v1/messages/latest?limit=1000").getAsJsonArray("items")) {
            JsonObject message = one.getAsJsonObject();
            if (message.get("remoteAddress").getAsString().endsWith(peer)) {
                return message.get("id").getAsString();
            }
        }
        return "";
    }

    /**
     * A new user with these roles, who has chosen his password.
     *
     * @param name that no other test has
     */
    public static Rest user(URI dashboard, String name, String... roles) {
        JsonObject issued =
                json(
                        operator(dashboard)
                                .send(
                                        "POST",
                                        "/v1/users",
                                        "application/json",
                                        "{\"name\":\"%s\",\"roles\":[\"viewer\"%s]}"
                                                .formatted(
                                                        name,
                                                        Arrays.stream(roles)
                                                                .map(role -> ",\"" + role + '"')
                                                                .collect(Collectors.joining()))),
                        201);
        HttpResponse<String> chosen =
                nobody(dashboard)
                        .as(name, issued.get("password").getAsString())
                        .send(
                                "PUT",
                                "/v1/password",
                                "application/json",
                                "{\"password\":\"" + USER_PASSWORD + "\"}");
        if (chosen.statusCode() != 204) {
            throw new AssertionError(chosen + ": " + chosen.body());
        }
        return nobody(dashboard).as(name, USER_PASSWORD);
    }

    /** The same with a user and a password. */
    public Rest as(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** The same with a header. */
    public Rest with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.addAll(Arrays.asList(name, value));
        return new Rest(dashboard, more);
    }

    /** Asks for a path below {@code /api}. */
    public HttpResponse<String> get(String path) {
        return call("GET", path, BodyPublishers.noBody());
    }

    /** Asks for what must be there. */
    public JsonObject json(String path) {
        return json(get(path), 200);
    }

    /** The body of an answer with this status. */
    public static JsonObject json(HttpResponse<String> answer, int status) {
        if (answer.statusCode() != status) {
            throw new AssertionError(answer + ": " + answer.body());
        }
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    /** Sends a request with a body of this type. */
    public HttpResponse<String> send(String method, String path, String type, String body) {
        return with("Content-Type", type).call(method, path, BodyPublishers.ofString(body));
    }

    /** Sends a request without a body. */
    public HttpResponse<String> send(String method, String path) {
        return call(method, path, BodyPublishers.noBody());
    }

    /** Sends a request. */
    public HttpResponse<String> call(String method, String path, BodyPublisher body) {
        return call(method, "/api" + path, body, BodyHandlers.ofString());
    }

    /** Asks for {@code /metrics} in a format. */
    public HttpResponse<String> metrics(String accept) {
        return with("Accept", accept)
                .call("GET", "/metrics", BodyPublishers.noBody(), BodyHandlers.ofString());
    }

    /** Begins to read an answer that does not end. */
    public HttpResponse<InputStream> open(String path) {
        return call("GET", "/api" + path, BodyPublishers.noBody(), BodyHandlers.ofInputStream());
    }

    private <T> HttpResponse<T> call(
            String method, String path, BodyPublisher body, BodyHandler<T> handler) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(dashboard + path))
                        .timeout(LIMIT)
                        .method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            return http.send(request.build(), handler);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
