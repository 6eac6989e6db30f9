package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.Tcp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the REST interface tells and does. */
@ExtendWith(OrdersServer.Shared.class)
class RestIT {

    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    @Test
    void a_listener_is_paused_resumed_stopped_and_started(OrdersServer server) {
        Rest operator = Rest.operator(server.dashboard());
        String lines = "/v1/listeners/lines";
        assertThat(names(operator.json("/v1/listeners"))).contains("lines", "orders", "stream");
        assertThat(operator.json("/v1/adapter").get("transport").getAsString()).isNotEmpty();

        assertState(operator.send("POST", lines + "/pause"), "PAUSED");
        assertNumber(operator.send("POST", lines + "/pause"), 409, "DMG4313");
        assertState(operator.send("POST", lines + "/resume"), "LISTENING");
        Rest.json(operator.send("POST", lines + "/stop"), 200);
        await(() -> state(operator.json(lines)).equals("STOPPED"));
        assertNumber(operator.send("POST", lines + "/stop"), 409, "DMG4313");
        Rest.json(operator.send("POST", lines + "/start"), 200);
        await(() -> state(operator.json(lines)).equals("LISTENING"));

        assertThat(texts(operator))
                .anyMatch(text -> text.matches("DMG2010 listener 'lines' is stopped by 'admin'.*"));
    }

    @Test
    void access_and_rates_of_a_listener_are_changed(OrdersServer server) {
        Rest operator = Rest.operator(server.dashboard());
        String path = "/v1/listeners/lines";

        Rest.json(
                operator.send(
                        "PUT",
                        path + "/access",
                        JSON,
                        "{\"allow\":\"127.0.0.1\",\"deny\":\"::1\"}"),
                200);
        Rest.json(
                operator.send("PUT", path + "/access", JSON, "{\"allow\":\"\",\"deny\":\"\"}"),
                200);
        Rest.json(operator.send("PUT", path + "/rates", JSON, rates(2048)), 200);
        Rest.json(operator.send("PUT", path + "/rates", JSON, rates(0)), 200);

        assertThat(texts(operator))
                .anyMatch(
                        text ->
                                text.matches(
                                        "DMG2117 .*'lines' .*'admin': allow=127.0.0.1.*, deny=.*1.*"))
                .anyMatch(text -> text.matches("DMG2118 .*'lines' .*'admin': readRate=2.*"));
    }

    private static String rates(int read) {
        return "{\"read\":%d,\"readEach\":0,\"write\":0,\"writeEach\":0}".formatted(read);
    }

    @Test
    void certificates_are_told_and_read_again(OrdersServer server) {
        Rest operator = Rest.operator(server.dashboard());
        JsonObject listener =
                Rest.json(operator.send("POST", "/v1/listeners/secure/reload-certificates"), 200);

        assertThat(items(listener, "certificates").get(0).get("subject").getAsString())
                .isEqualTo("CN=localhost");
        assertThat(setting(listener, "tlsPassword")).isEqualTo("********");
        assertNumber(
                operator.send("POST", "/v1/listeners/lines/reload-certificates"), 409, "DMG1007");
    }

    @Test
    void a_connection_is_paused_resumed_and_closed(OrdersServer server) throws IOException {
        Rest operator = Rest.operator(server.dashboard());
        try (Socket one = connected(server);
                Socket other = connected(server)) {
            String listed = "/v1/connections?listener=stream&remoteAddress=:";
            await(
                    () ->
                            items(operator.json(listed + one.getLocalPort())).size()
                                            + items(operator.json(listed + other.getLocalPort()))
                                                    .size()
                                    == 2);
            assertPages(operator, "/v1/connections?listener=stream", 2);
            String id =
                    items(operator.json(listed + one.getLocalPort()))
                            .get(0)
                            .get("id")
                            .getAsString();
            String path = "/v1/connections/" + id;

            Rest.json(operator.send("POST", path + "/pause"), 200);
            await(() -> operator.get(path).body().contains("OPERATOR"));
            Rest.json(operator.send("POST", path + "/resume"), 200);
            await(() -> !operator.get(path).body().contains("OPERATOR"));
            assertThat(operator.send("POST", path + "/close").statusCode()).isEqualTo(204);
            await(() -> operator.get(path).statusCode() == 404);
            assertNumber(operator.send("POST", path + "/close"), 404, "DMG4311");
            assertNumber(operator.send("POST", path + "/pause"), 404, "DMG4311");
        }
    }

    private static Socket connected(OrdersServer server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port("stream"));
    }

    @Test
    void a_message_is_found_and_its_bytes_are_downloaded(OrdersServer server) {
        Rest viewer = Rest.viewer(server.dashboard());
        long last = viewer.json("/v1/messages/latest?limit=1").get("next").getAsLong();
        Tcp.send(server.port("stream"), "naïve <script>");
        Tcp.send(server.port("stream"), "another one");

        JsonObject latest = viewer.json("/v1/messages/latest?after=" + last);
        JsonObject message = items(latest).get(0);
        String id = message.get("id").getAsString();
        String connection = message.get("connectionId").getAsString();
        assertThat(latest.get("next").getAsLong()).isGreaterThanOrEqualTo(last + 2);
        assertThat(message.get("receiving").getAsString()).startsWith("PT");
        assertThat(message.getAsJsonObject("stream").get("start").getAsLong()).isZero();
        assertThat(message.getAsJsonObject("stream").get("end").getAsLong()).isEqualTo(15);
        assertThat(message.getAsJsonObject("stages").get("bean").getAsString()).startsWith("PT");

        assertThat(viewer.json("/v1/messages/" + id).get("outcome").getAsString())
                .isEqualTo("DELIVERED");
        HttpResponse<String> content =
                Rest.operator(server.dashboard()).get("/v1/messages/" + id + "/content");
        assertThat(content.body()).isEqualTo("naïve <script>");
        assertThat(content.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        assertThat(content.headers().firstValue("Content-Type").orElse("")).startsWith(BYTES);

        await(() -> items(viewer.json("/v1/messages?connection=" + connection)).size() == 1);
        await(() -> items(viewer.json("/v1/messages?listener=stream")).size() >= 2);
        assertPages(viewer, "/v1/messages?listener=stream", 2);
        assertThat(viewer.json("/v1/history").get("kept").getAsBoolean()).isTrue();
    }

    @Test
    void dead_letters_are_found_read_edited_replayed_and_deleted(OrdersServer server) {
        Rest operator = Rest.operator(server.dashboard());
        int order = server.newOrder();
        for (int i = 0; i < 3; i++) {
            server.send("closed " + order);
        }
        String mine = "/v1/dead-letters?cause=order+" + order;
        List<JsonObject> letters = items(operator.json(mine));
        assertThat(letters).hasSize(3);
        assertPages(operator, mine, 3);
        assertThat(items(operator.json("/v1/dead-letters/groups?cause=order+" + order)))
                .singleElement()
                .satisfies(group -> assertThat(group.get("count").getAsInt()).isEqualTo(3));

        String id = letters.get(0).get("id").getAsString();
        String path = "/v1/dead-letters/" + id;
        assertThat(letters.get(0).has("stack")).isFalse();
        assertThat(operator.json(path).get("stack").getAsString()).contains("OrdersBean");
        JsonObject edited =
                Rest.json(operator.send("PUT", path + "/content", BYTES, "open " + order), 200);
        assertThat(edited.get("edited").getAsBoolean()).isTrue();
        assertThat(operator.get(path + "/content").body()).isEqualTo("open " + order);
        assertThat(operator.get(path + "/original").body()).isEqualTo("closed " + order);

        HttpResponse<String> begun =
                operator.send("POST", "/v1/replays", JSON, "{\"ids\":[\"" + id + "\"]}");
        String replay = Rest.json(begun, 201).get("id").getAsString();
        assertThat(begun.headers().firstValue("Location").orElse(""))
                .endsWith("/api/v1/replays/" + replay);
        await(() -> state(operator.json("/v1/replays/" + replay)).equals("DONE"));
        assertThat(operator.json("/v1/replays/" + replay).get("delivered").getAsInt()).isOne();
        assertThat(operator.json("/v1/replays/" + replay).get("actor").getAsString())
                .isEqualTo("admin");
        assertNumber(operator.send("POST", "/v1/replays/" + replay + "/cancel"), 409, "DMG4313");
        assertNumber(operator.get(path), 404, "DMG4311");

        String last = letters.get(2).get("id").getAsString();
        assertThat(operator.send("DELETE", "/v1/dead-letters/" + last).statusCode()).isEqualTo(204);
        assertThat(items(operator.json(mine))).hasSize(1);
    }

    @Test
    void all_that_a_filter_means_are_replayed_and_that_is_cancelled(OrdersServer server) {
        Rest operator = Rest.operator(server.dashboard());
        int order = server.newOrder();
        for (int i = 0; i < 4; i++) {
            server.send("late " + order);
        }
        String body = "{\"filter\":{\"listener\":\"orders\",\"cause\":\"for late %d\"}}";
        JsonObject begun =
                Rest.json(operator.send("POST", "/v1/replays", JSON, body.formatted(order)), 201);
        assertThat(begun.get("total").getAsInt()).isEqualTo(4);
        String path = "/v1/replays/" + begun.get("id").getAsString();

        int cancelled = operator.send("POST", path + "/cancel").statusCode();

        await(() -> !state(operator.json(path)).equals("RUNNING"));
        // a slow machine may have been through before
        assertThat(cancelled).isEqualTo(isCancelled(operator) ? 200 : 409);
        assertThat(items(operator.json("/v1/replays"))).isNotEmpty();
    }

    private static boolean isCancelled(Rest client) {
        return texts(client).stream().anyMatch(text -> text.startsWith("DMG3217"));
    }

    @Test
    void a_content_that_is_too_large_is_refused(OrdersServer server) {
        Rest operator = Rest.operator(server.dashboard());
        server.send("closed " + server.newOrder());
        String id = items(operator.json("/v1/dead-letters?limit=1")).get(0).get("id").getAsString();
        byte[] tooLarge = new byte[16 * 1024 * 1024 + 1];

        HttpResponse<String> answer =
                operator.with("Content-Type", BYTES)
                        .call(
                                "PUT",
                                "/v1/dead-letters/" + id + "/content",
                                BodyPublishers.ofByteArray(tooLarge));

        assertNumber(answer, 413, "DMG4315");
        assertThat(operator.json("/v1/dead-letters/" + id).get("edited").getAsBoolean()).isFalse();
    }

    @Test
    void an_event_is_sent_when_it_happens_and_those_that_were_missed_as_well(OrdersServer server)
            throws IOException {
        Rest viewer = Rest.viewer(server.dashboard());
        long last = viewer.json("/v1/events?limit=1").get("next").getAsLong();
        Tcp.send(server.port("stream"), "missed");

        HttpResponse<InputStream> stream =
                viewer.with("Last-Event-ID", Long.toString(last)).open("/v1/events/live");
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(next(events, "id: ")).isEqualTo("id: " + (last + 1));
            assertThat(next(events, "CLOSED")).contains("'stream'");
            Tcp.send(server.port("lines"), "live\n");
            assertThat(next(events, "CONNECTED")).contains("'lines'");
            assertThat(next(events, ": still here")).isNotEmpty();
        }
    }

    private static String next(BufferedReader events, String part) throws IOException {
        String line = events.readLine();
        while (line != null && !line.contains(part)) {
            line = events.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void so_many_listen_to_events_and_no_more_until_one_has_left(OrdersServer server)
            throws IOException {
        Rest viewer = Rest.viewer(server.dashboard());
        List<InputStream> open = new ArrayList<>();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                HttpResponse<InputStream> one = viewer.open("/v1/events/live");
                                open.add(one.body());
                                return one.statusCode() == 503;
                            });
            assertThat(open).hasSizeBetween(16, 17);
        } finally {
            for (InputStream one : open) {
                one.close();
            }
        }
        await(
                () -> {
                    HttpResponse<InputStream> one = viewer.open("/v1/events/live");
                    one.body().close();
                    return one.statusCode() == 200;
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // method, path, type, body, status, what the sentence has
                "GET|/v1/listeners/nope|-|-|404|DMG1007 there is no listener 'nope'",
                "GET|/v1/listeners/%0d%0aX|-|-|404|'\\r\\nX'",
                "POST|/v1/listeners/nope/stop|-|-|404|DMG1007",
                "PUT|/v1/listeners/stream/access|application/json|{|400|DMG4314 body",
                "PUT|/v1/listeners/stream/access|application/json|[]|400|a JSON object",
                "PUT|/v1/listeners/stream/access|application/json|{\"allow\":\"\"}|400|member 'deny'",
                "PUT|/v1/listeners/stream/access|application/json|{\"allow\":1,\"deny\":\"\"}|400|given '1'",
                "PUT|/v1/listeners/stream/access|application/json|{\"allow\":\"x\",\"deny\":\"\"}|400|DMG1001",
                "PUT|/v1/listeners/stream/access|text/plain|x|415|DMG4318",
                "PUT|/v1/listeners/stream/rates|application/json|{\"rate\":1}|400|allowed: read, readEach",
                "PUT|/v1/listeners/stream/rates|application/json|{\"read\":1.5,\"readEach\":0,\"write\":0,\"writeEach\":0}|400|a whole number",
                "PUT|/v1/listeners/stream/rates|application/json|{\"read\":-1,\"readEach\":0,\"write\":0,\"writeEach\":0}|400|DMG1001",
                "GET|/v1/connections?limit=0|-|-|400|allowed: 1 to 1000",
                "GET|/v1/connections?limit=1001|-|-|400|given '1001'",
                "GET|/v1/connections?state=open|-|-|400|OPENING, OPEN, HALF_CLOSED",
                "GET|/v1/connections?lstener=stream|-|-|400|given 'lstener', allowed: after, limit, listener",
                "GET|/v1/connections?limit=1&limit=2|-|-|400|one value",
                "GET|/v1/connections/nope|-|-|404|DMG4311",
                "GET|/v1/messages?from=yesterday|-|-|400|given 'yesterday'",
                "GET|/v1/messages?to=2026-13-01T00:00:00Z|-|-|400|'to'",
                "GET|/v1/messages?outcome=LOST|-|-|400|DELIVERED, FAILED, DISCARDED",
                "GET|/v1/messages?after=first|-|-|400|'after'",
                "GET|/v1/messages/nope|-|-|404|DMG4311 there is no message 'nope'",
                "GET|/v1/messages/nope/content|-|-|404|DMG4311",
                "GET|/v1/messages/latest?after=-1|-|-|400|allowed: 0 to",
                "GET|/v1/events?after=x|-|-|400|'after'",
                "GET|/v1/events/live?after=x|-|-|400|'after'",
                "GET|/v1/dead-letters?from=x|-|-|400|'from'",
                "GET|/v1/dead-letters/..%2f..%2fetc|-|-|404|-",
                "GET|/v1/dead-letters/nope/content|-|-|404|DMG4311",
                "GET|/v1/dead-letters/nope/original|-|-|404|DMG4311",
                "DELETE|/v1/dead-letters/nope|-|-|404|DMG4311",
                "PUT|/v1/dead-letters/nope/content|application/octet-stream|x|404|DMG4311",
                "PUT|/v1/dead-letters/nope/content|application/json|x|415|DMG4318",
                "POST|/v1/replays|application/json|{}|400|ids or filter",
                "POST|/v1/replays|application/json|{\"ids\":[],\"filter\":{}}|400|ids and filter",
                "POST|/v1/replays|application/json|{\"ids\":[]}|400|1 to 1000",
                "POST|/v1/replays|application/json|{\"ids\":[\"../x\"]}|400|'../x'",
                "POST|/v1/replays|application/json|{\"ids\":[1]}|400|'ids'",
                "POST|/v1/replays|application/json|{\"filter\":{\"peer\":\"x\"}}|400|allowed: listener, cause",
                "POST|/v1/replays|application/json|{\"filter\":{\"from\":\"x\"}}|400|'from'",
                "POST|/v1/replays|application/json|{\"filter\":null}|400|'filter'",
                "GET|/v1/replays/nope|-|-|404|DMG4311",
                "POST|/v1/replays/nope/cancel|-|-|404|DMG4311",
                "GET|/v1/nothing|-|-|404|DMG4316",
                "GET|/|-|-|404|DMG4316",
                "DELETE|/v1/adapter|-|-|405|DMG4317",
                "POST|/v1/events/live|-|-|405|DMG4317"
            })
    void what_cannot_be_used_is_told_with_what_was_given(
            String method,
            String path,
            String type,
            String body,
            int status,
            String part,
            OrdersServer server) {
        Rest operator = Rest.operator(server.dashboard());

        HttpResponse<String> answer =
                type == null
                        ? operator.send(method, path)
                        : operator.send(method, path, type, body);

        if (part == null) {
            assertThat(answer.statusCode()).isEqualTo(status);
        } else {
            String detail = Rest.json(answer, status).get("detail").getAsString();
            assertThat(detail).matches("DMG[0-9]{4} .*").contains(part);
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/problem+json");
        }
    }

    private static void assertNumber(HttpResponse<String> answer, int status, String number) {
        assertThat(Rest.json(answer, status).get("number").getAsString()).isEqualTo(number);
    }

    private static void assertState(HttpResponse<String> answer, String state) {
        assertThat(state(Rest.json(answer, 200))).isEqualTo(state);
    }

    private static String state(JsonObject one) {
        return one.get("state").getAsString();
    }

    /** Pages of one row each have the same rows as one page of all, at least so many. */
    private static void assertPages(Rest client, String path, int least) {
        List<String> all = ids(client.json(path));
        assertThat(all).hasSizeGreaterThanOrEqualTo(least);
        List<String> paged = new ArrayList<>();
        JsonObject page = client.json(path + "&limit=1");
        paged.addAll(ids(page));
        while (page.has("next") && paged.size() < all.size()) {
            page = client.json(path + "&limit=1&after=" + page.get("next").getAsString());
            paged.addAll(ids(page));
        }
        assertThat(paged).isEqualTo(all);
    }

    private static List<String> ids(JsonObject page) {
        return items(page).stream().map(one -> one.get("id").getAsString()).toList();
    }

    private static List<String> names(JsonObject page) {
        return items(page).stream().map(one -> one.get("name").getAsString()).toList();
    }

    private static List<String> texts(Rest client) {
        return items(client.json("/v1/events?limit=1000")).stream()
                .map(one -> one.get("text").getAsString())
                .toList();
    }

    private static String setting(JsonObject listener, String name) {
        return items(listener, "settings").stream()
                .filter(one -> one.get("name").getAsString().equals(name))
                .map(one -> one.get("value").getAsString())
                .findFirst()
                .orElse("none");
    }

    private static List<JsonObject> items(JsonObject page) {
        return items(page, "items");
    }

    private static List<JsonObject> items(JsonObject object, String name) {
        JsonArray array = object.getAsJsonArray(name);
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}
