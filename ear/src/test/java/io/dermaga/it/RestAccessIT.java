package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.RestOperation;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the REST interface; the table of its operations is its own description. */
@ExtendWith(ProductServer.Shared.class)
class RestAccessIT {

    private static List<RestOperation> operations(ProductServer server) {
        return RestOperation.all(server.dashboard());
    }

    @Test
    void without_a_password_every_operation_is_refused_by_a_challenge(ProductServer server) {
        Rest nobody = Rest.nobody(server.dashboard());
        for (RestOperation operation : operations(server)) {
            assertChallenge(operation, operation.by(nobody));
        }
    }

    @Test
    void the_session_of_a_person_opens_nothing(ProductServer server) throws Exception {
        CookieManager cookies = new CookieManager();
        logIn(server, cookies);
        String sent =
                cookies.getCookieStore().getCookies().stream()
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; "));
        assertThat(sent).contains("JSESSIONID");
        Rest session = Rest.nobody(server.dashboard()).with("Cookie", sent);

        for (RestOperation operation : operations(server)) {
            assertChallenge(operation, operation.by(session));
        }
    }

    /** As a browser does it, until a page is shown. */
    private static void logIn(ProductServer server, CookieManager cookies) throws Exception {
        HttpClient browser =
                HttpClient.newBuilder()
                        .cookieHandler(cookies)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
        URI overview = URI.create(server.dashboard() + "/index.xhtml");
        HttpResponse<String> page =
                browser.send(HttpRequest.newBuilder(overview).build(), BodyHandlers.ofString());
        Matcher state =
                Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]+)\"")
                        .matcher(page.body());
        assertThat(state.find()).as(page.body()).isTrue();
        String form =
                "credentials=credentials&login=login&username=admin&password=%s&jakarta.faces.ViewState=%s"
                        .formatted(
                                ProductServer.PASSWORD,
                                URLEncoder.encode(state.group(1), StandardCharsets.UTF_8));
        browser.send(
                HttpRequest.newBuilder(page.uri())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        assertThat(
                        browser.send(
                                        HttpRequest.newBuilder(overview).build(),
                                        BodyHandlers.ofString())
                                .body())
                .contains("nav-overview");
    }

    @Test
    void who_only_sees_cannot_act(ProductServer server) {
        Rest viewer = Rest.viewer(server.dashboard());
        for (RestOperation operation : operations(server)) {
            if (operation.acts() && !operation.role().equals("viewer")) {
                assertForbidden(operation, operation.by(viewer), "DMG4303");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "payload-reader", "revealer", "operator", "admin"})
    void each_role_opens_what_it_is_for_and_nothing_else(String role, ProductServer server) {
        Rest user = Rest.user(server.dashboard(), "only-" + role, role);
        List<String> roles =
                role.equals("revealer")
                        ? List.of("viewer", "payload-reader", role)
                        : List.of("viewer", role);
        int refused = 0;
        for (RestOperation operation : operations(server)) {
            if (!roles.contains(operation.role())) {
                assertForbidden(operation, operation.by(user), "DMG4303");
                refused++;
            } else if (!operation.acts() && !operation.path().endsWith("/live")) {
                assertThat(operation.by(user).statusCode()).as("%s", operation).isIn(200, 404);
            }
        }
        assertThat(refused).isGreaterThan(5);
        int search = user.get("/v1/messages?text=x").statusCode();
        assertThat(search).isEqualTo(roles.contains("payload-reader") ? 200 : 403);
        assertThat(user.get("/v1/messages?attribute=order=1").statusCode()).isEqualTo(search);
        assertThat(user.get("/v1/messages?listener=x").statusCode()).isEqualTo(200);
    }

    @Test
    void a_page_of_another_site_cannot_act_with_the_password_that_a_browser_knows(
            ProductServer server) {
        Rest operator = Rest.user(server.dashboard(), "led", "operator", "revealer", "admin");
        Rest led = operator.with("Origin", "http://evil.example");
        Rest ledToo = operator.with("Sec-Fetch-Site", "cross-site");
        for (RestOperation operation : operations(server)) {
            if (operation.acts()) {
                assertForbidden(operation, operation.by(led), "DMG4321");
                assertForbidden(operation, operation.by(ledToo), "DMG4321");
            }
        }
    }

    @Test
    void a_wrong_password_is_told_and_a_right_one_makes_no_session(ProductServer server) {
        Rest nobody = Rest.nobody(server.dashboard());
        HttpResponse<String> wrong = nobody.as("admin", "wrong").get("/v1/adapter");
        assertChallenge(new RestOperation("GET", "/v1/adapter"), wrong);
        assertThat(wrong.body()).contains("DMG4302");

        HttpResponse<String> right = Rest.viewer(server.dashboard()).get("/v1/adapter");
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(right.headers().map()).doesNotContainKey("set-cookie");
        assertThat(right.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(right.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(right.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void metrics_need_a_password_too(ProductServer server) throws Exception {
        assertThat(status(server, "127.0.0.1", "/metrics", "")).isEqualTo(401);
        assertThat(status(server, "127.0.0.1", "/metrics/", "")).isEqualTo(401);
    }

    @Test
    void no_spelling_of_the_path_goes_round_the_password(ProductServer server) throws Exception {
        for (String path :
                List.of(
                        "//api/v1/adapter",
                        "/api//v1/adapter",
                        "/./api/v1/adapter",
                        "/x/../api/v1/adapter",
                        "/%61pi/v1/adapter",
                        "/api;x=1/v1/adapter",
                        "/API/v1/adapter",
                        "/api%2fv1/adapter")) {
            assertThat(status(server, "127.0.0.1", path, ""))
                    .as(path)
                    .isIn(301, 302, 400, 401, 404);
        }
    }

    @Test
    void after_five_wrong_passwords_an_address_has_to_wait_and_others_have_not(ProductServer server)
            throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(status(server, "127.0.0.9", "/api/v1/adapter", "admin:wrong" + i))
                    .isEqualTo(401);
        }
        String right = "admin:" + ProductServer.PASSWORD;
        assertThat(status(server, "127.0.0.9", "/api/v1/adapter", right)).isEqualTo(429);
        assertThat(status(server, "127.0.0.10", "/api/v1/adapter", right)).isEqualTo(200);
    }

    /** A request from another address of this machine, written as it is. */
    private static int status(ProductServer server, String from, String path, String pair)
            throws IOException {
        byte[] basic = pair.getBytes(StandardCharsets.UTF_8);
        String request =
                "GET /dermaga%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
                        .formatted(
                                path,
                                pair.isEmpty()
                                        ? ""
                                        : "Authorization: Basic "
                                                + Base64.getEncoder().encodeToString(basic)
                                                + "\r\n");
        try (Socket socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        server.httpPort(),
                        InetAddress.getByName(from),
                        0)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    private static void assertChallenge(RestOperation operation, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as("%s", operation).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValue("Basic realm=\"dermaga\", charset=\"UTF-8\"");
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonObject problem = problem(answer);
        assertThat(problem.get("title").getAsString()).isEqualTo("Unauthorized");
        assertThat(problem.get("number").getAsString()).startsWith("DMG430");
    }

    private static void assertForbidden(
            RestOperation operation, HttpResponse<String> answer, String number) {
        assertThat(answer.statusCode()).as("%s", operation).isEqualTo(403);
        assertThat(problem(answer).get("number").getAsString()).isEqualTo(number);
    }

    private static JsonObject problem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        JsonObject problem = Rest.json(answer, answer.statusCode());
        assertThat(problem.get("status").getAsInt()).isEqualTo(answer.statusCode());
        return problem;
    }
}
