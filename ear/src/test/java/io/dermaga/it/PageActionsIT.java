package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.dermaga.it.support.Built;
import io.dermaga.it.support.Person;
import io.dermaga.it.support.Rest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of what pages do: each action is refused to one who has not logged in, to a viewer, and
 * to a page of another site that has an operator's cookies; the same request of the operator's own
 * page is done.
 */
@ExtendWith(OrdersServer.Shared.class)
class PageActionsIT {

    /** View | form | button | fields | what is done by REST before | and after. */
    private static final String TABLE =
            """
            listener.xhtml?name=lines  | actions   | pause            |                          | | lines/resume
            listener.xhtml?name=lines  | actions   | resume           |                          | lines/pause |
            listener.xhtml?name=lines  | stopping  | stop-yes         |                          | | lines/start
            listener.xhtml?name=lines  | actions   | start            |                          | lines/stop |
            listener.xhtml?name=secure | actions   | reload           |                          | |
            listener.xhtml?name=lines  | access    | access-yes       | allow=127.0.0.1,deny=::1 | |
            listener.xhtml?name=lines  | traffic   | change-rates     |                          | |
            connection.xhtml?id={c}    | actions   | pause            |                          | |
            connection.xhtml?id={c}    | actions   | resume           |                          | connection/pause |
            connection.xhtml?id={c}    | writing   | write-yes        | written=hello,notation=TEXT | |
            connection.xhtml?id={c}    | closing   | close-yes        |                          | |
            connections.xhtml          | closing   | close-yes        | close-id={c}             | |
            deadletters.xhtml          | asked     | replayPicked-yes | picked={d}               | |
            deadletters.xhtml?cause={o} | asked    | replayAll-yes    | until=2999-01-01T00:00:00Z | |
            deadletters.xhtml          | asked     | deletePicked-yes | picked={d}               | |
            deadletter.xhtml?id={d}    | asked     | replay-yes       |                          | |
            deadletter.xhtml?id={d}    | asked     | delete-yes       |                          | |
            deadletter.xhtml?id={d}    | editing   | edit-save        | edit-text=another        | |
            """;

    /**
     * Not in the table: a file that is sent (TwoOperatorsIT), replays that run (DeadLettersIT),
     * what no operator may (RevealIT).
     */
    private static final Set<String> ELSEWHERE =
            Set.of("deadletter edit-upload", "deadletters cancel", "reveal reveal-do");

    /** A reader keeps for himself what he looks at, whatever his role is: ConnectionsIT. */
    private static final Set<String> OWN =
            Set.of("views view-save", "views view-rename", "views view-delete-yes");

    /** They change nothing that is kept but the reader's own session. */
    private static final Set<String> READING =
            Set.of("login login", "template logout", "lab try", "trial trial", "password change");

    /** Their actions are refused to viewers and other sites as operations of REST, RestAccessIT. */
    private static final Set<String> BY_REST =
            Set.of("alerts", "recording", "recordings", "send", "users");

    private static Stream<Arguments> table() {
        return TABLE.lines().map(row -> Arguments.of((Object[]) row.split("\\s*\\|\\s*", -1)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void an_action_is_refused_to_all_but_an_operator_on_a_page_of_the_dashboard(
            String view,
            String form,
            String button,
            String fields,
            String before,
            String after,
            OrdersServer server)
            throws IOException {
        try (Subject subject = new Subject(server)) {
            subject.rest(before);
            String page = "/" + subject.named(view);
            Map<String, String> sent = fields(form, subject.named(fields));
            Person operator = Person.operator(server.dashboard());
            Person viewer = Person.viewer(server.dashboard());
            HttpResponse<String> shown = operator.get(page);
            String state = subject.state();

            HttpResponse<String> asked =
                    Person.nobody(server.dashboard())
                            .post(page, Person.fields(shown, sent, button));
            assertThat(asked.statusCode()).isEqualTo(302);
            assertThat(asked.headers().firstValue("Location").orElse("")).contains("/login.xhtml");
            viewer.post(page, Person.fields(viewer.get(page), sent, button));
            Map<String, String> led = new HashMap<>(sent);
            led.put(button, button);
            operator.post(page, led);
            led.put("jakarta.faces.ViewState", "-1:1");
            operator.post(page, led);
            assertThat(subject.state()).isEqualTo(state);

            HttpResponse<String> done = operator.post(page, Person.fields(shown, sent, button));
            assertThat(done.statusCode()).isEqualTo(200);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(subject.state()).isNotEqualTo(state));
            subject.rest(after);
        }
    }

    @Test
    void every_action_of_a_page_is_in_the_table() throws IOException {
        Set<String> actions = new TreeSet<>();
        try (Stream<Path> views = Files.walk(Built.project().resolve("war/src/main/webapp"))) {
            for (Path view : views.filter(one -> one.toString().endsWith(".xhtml")).toList()) {
                String text = Files.readString(view);
                Pattern.compile("<[ph]:(?:command\\w+|remoteCommand)([^>]*\\baction=[^>]*)")
                        .matcher(text)
                        .results()
                        .map(found -> id(view, found.group(1)))
                        .filter(id -> !id.contains("#{ask}"))
                        .forEach(actions::add);
                Pattern.compile("part/ask\\.xhtml.*?name=\"ask\" value=\"(\\w+)\"")
                        .matcher(text)
                        .results()
                        .forEach(found -> actions.add(name(view) + " " + found.group(1) + "-yes"));
            }
        }
        actions.removeAll(ELSEWHERE);
        actions.removeAll(READING);
        actions.removeAll(OWN);
        actions.removeIf(action -> BY_REST.contains(action.split(" ", -1)[0]));

        assertThat(
                        table().map(row -> row.get())
                                .map(
                                        row ->
                                                row[0].toString().replaceFirst("\\.xhtml.*", "")
                                                        + " "
                                                        + row[2])
                                .collect(Collectors.toSet()))
                .isEqualTo(actions);
    }

    private static String id(Path view, String attributes) {
        var id = Pattern.compile("\\bid=\"([^\"]+)\"").matcher(attributes);
        return name(view) + " " + (id.find() ? id.group(1) : name(view));
    }

    private static String name(Path view) {
        return view.getFileName().toString().replace(".xhtml", "");
    }

    private static Map<String, String> fields(String form, String given) {
        Map<String, String> fields = new HashMap<>(Map.of(form, form));
        if (!given.isEmpty()) {
            for (String field : given.split(",", -1)) {
                String[] pair = field.split("=", 2);
                fields.put(pair[0], pair[1]);
            }
        }
        return fields;
    }

    /** What actions are done to: listeners, an open connection, a dead letter. */
    private static final class Subject implements AutoCloseable {

        private final Rest rest;
        private final Socket peer;
        private final String connection;
        private final String cause;
        private final String letter;

        Subject(OrdersServer server) throws IOException {
            rest = Rest.operator(server.dashboard());
            // one of a test before would change the state
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !rest.json("/v1/replays").toString().contains("RUNNING"));
            int order = server.newOrder();
            server.send("closed " + order);
            cause = "order+" + order;
            letter = id("/v1/dead-letters?cause=" + cause);
            peer = new Socket(InetAddress.getLoopbackAddress(), server.port("stream"));
            String listed = "/v1/connections?remoteAddress=:" + peer.getLocalPort();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !rest.json(listed).getAsJsonArray("items").isEmpty());
            connection = id(listed);
        }

        private String id(String path) {
            return rest.json(path)
                    .getAsJsonArray("items")
                    .get(0)
                    .getAsJsonObject()
                    .get("id")
                    .getAsString();
        }

        String named(String text) {
            return text.replace("{c}", connection).replace("{d}", letter).replace("{o}", cause);
        }

        void rest(String action) {
            if (action.isEmpty()) {
                return;
            }
            String path =
                    "/v1/"
                            + (action.startsWith("connection/")
                                    ? "connections/" + connection + action.substring(10)
                                    : "listeners/" + action);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> rest.send("POST", path).statusCode() == 200);
            if (action.endsWith("/stop")) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> rest.get("/v1/listeners/lines").body().contains("STOPPED"));
            }
        }

        /** What somebody has done, the dead letter, and the replays. */
        String state() {
            StringBuilder state = new StringBuilder();
            for (JsonElement event : rest.json("/v1/events?limit=1000").getAsJsonArray("items")) {
                String text = event.getAsJsonObject().get("text").getAsString();
                if (text.contains("'admin'") || text.contains("'viewer'")) {
                    state.append(text).append('\n');
                }
            }
            HttpResponse<String> known = rest.get("/v1/dead-letters/" + letter);
            JsonObject replays = rest.json("/v1/replays");
            return state + known.body() + replays;
        }

        @Override
        public void close() throws IOException {
            peer.close();
        }
    }
}
