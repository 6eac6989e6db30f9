package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts, as a person is told of them and acknowledges them. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class AlertsIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);
    private static final String OPEN = "#open-alerts [data-rule=secure-paused]";

    /** An alert is over half a minute after its condition. */
    private static final LocatorAssertions.IsVisibleOptions PATIENT =
            new LocatorAssertions.IsVisibleOptions().setTimeout(90_000);

    static Stream<Look> looks() {
        return Browser.looks();
    }

    private static Page opened(
            BrowserContext reader, ProductServer server, String user, String password) {
        Page page = reader.newPage();
        new DashboardPage(page, server.dashboard()).open(user, password).go("alerts");
        return page;
    }

    private static void pause(ProductServer server) {
        Rest.operator(server.dashboard()).send("POST", "/v1/listeners/secure/pause");
    }

    @AfterEach
    void resume(ProductServer server) {
        Rest.operator(server.dashboard()).send("POST", "/v1/listeners/secure/resume");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void what_is_open_is_on_its_page_and_on_the_overview(
            Look look, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            pause(server);
            Page page = opened(reader, server, "admin", ProductServer.PASSWORD);
            assertThat(page.locator(OPEN)).containsText("the listener is PAUSED");
            assertThat(page.locator("#rules [data-rule=certificate]")).isVisible();
            assertThat(page.locator("[data-problem]"))
                    .containsText(
                            "DMG4653 property 'dermaga.alert.misspelt': given 'silense(listener=lines, for=5m)'");
            assertThat(page.locator("#webhook")).containsText("/…");
            assertThat(page.locator("main")).not().containsText("secret-path");
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "alerts-" + look.fileName());

            page.locator("#nav-overview").click();
            Locator strip = page.locator("#alert-strip [data-rule=secure-paused]");
            assertThat(strip).containsText("the listener is PAUSED");
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "overview-alert-" + look.fileName());
        }
    }

    @Test
    void an_alert_fires_is_acknowledged_by_a_person_and_is_over(
            ProductServer server, Browser browser) throws Exception {
        List<String> sent = new CopyOnWriteArrayList<>();
        HttpServer receiver = receiver(server.webhookPort(), sent);
        try (BrowserContext reader = browser.reader(DESKTOP);
                BrowserContext other = browser.reader(DESKTOP)) {
            Page page = opened(reader, server, "admin", ProductServer.PASSWORD);
            // an alert of another test is over first
            assertThat(page.locator(OPEN))
                    .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(90_000));
            pause(server);
            assertThat(page.locator(OPEN + "[data-state=FIRING]")).isVisible();
            assertThat(page.locator("#nav-alerts .badge")).hasText("1");
            Page viewer = opened(other, server, "viewer", ProductServer.VIEWER_PASSWORD);
            assertThat(viewer.locator(OPEN)).isVisible();
            assertThat(viewer.locator("[data-ask=acknowledge]")).hasCount(0);

            page.locator(OPEN + " [data-ask=acknowledge]").click();
            assertThat(page.locator("#acknowledge-dialog")).containsText("secure-paused");
            page.locator("#comment").fill("paused for the <b>audit</b>");
            Browser.screenshot(page, "alert-acknowledge");
            page.locator("#acknowledge-yes").click();

            assertThat(page.locator(OPEN + "[data-state=ACKNOWLEDGED]"))
                    .containsText("paused for the <b>audit</b>");
            assertThat(page.locator(OPEN)).containsText("admin");
            assertThat(page.locator("#nav-alerts .badge")).hasCount(0);
            assertThat(page.locator("#comment")).hasValue("");
            // the other one has waited and sees it, with nothing left to do
            assertThat(viewer.locator(OPEN + "[data-state=ACKNOWLEDGED]")).isVisible();

            resume(server);
            String id = page.locator(OPEN).getAttribute("data-alert");
            assertThat(page.locator("#past-alerts [data-past='" + id + "']")).isVisible(PATIENT);
            assertThat(page.locator(OPEN)).hasCount(0);
            Browser.screenshot(page, "alerts-past");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(events(sent, id))
                                            .containsExactly("fired", "acknowledged", "resolved"));
            assertThat(page.locator("#webhook")).not().hasAttribute("data-sent", "0");
            assertThat(Files.readString(server.log()))
                    .contains("DMG4651 alert 'secure-paused' fires for listener 'secure'")
                    .contains("DMG4652 alert 'secure-paused' for listener 'secure' is over");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void by_rest_an_alert_is_found_and_acknowledged_once(ProductServer server) {
        Rest operator = Rest.operator(server.dashboard());
        await().atMost(Duration.ofSeconds(90)).until(() -> open(operator).isEmpty());
        pause(server);
        await().atMost(Duration.ofSeconds(30)).until(() -> !open(operator).isEmpty());
        String path = "/v1/alerts/" + open(operator).get(0).get("id").getAsString();
        assertThat(operator.json(path).get("state").getAsString()).isEqualTo("FIRING");

        String json = "application/json";
        String acknowledge = path + "/acknowledge";
        assertRefused(operator.send("POST", acknowledge, json, "{\"why\":\"a\"}"), 400, "DMG4314");
        String long501 = "{\"comment\":\"" + "x".repeat(501) + "\"}";
        assertRefused(operator.send("POST", acknowledge, json, long501), 400, "DMG4659");
        assertRefused(operator.send("POST", "/v1/alerts/0/acknowledge"), 404, "DMG4311");
        JsonObject known = Rest.json(operator.send("POST", acknowledge), 200);
        assertThat(known.get("state").getAsString()).isEqualTo("ACKNOWLEDGED");
        assertThat(known.getAsJsonObject("acknowledgement").get("by").getAsString())
                .isEqualTo("admin");
        assertRefused(operator.send("POST", acknowledge), 409, "DMG4313");

        assertThat(operator.get("/v1/alerts/rules").body())
                .contains("\"condition\":\"state(listener=secure, is=PAUSED, for=1s)\"");
        assertRefused(operator.get("/v1/alerts?state=OVER"), 400, "DMG4314");
        assertThat(operator.metrics("text/plain").body())
                .contains("dermaga_alerts{state=\"acknowledged\"} 1");
    }

    private static List<JsonObject> open(Rest client) {
        List<JsonObject> open = new ArrayList<>();
        for (JsonElement one : client.json("/v1/alerts").getAsJsonArray("items")) {
            JsonObject alert = one.getAsJsonObject();
            if (alert.get("rule").getAsString().equals("secure-paused")
                    && !alert.get("state").getAsString().equals("RESOLVED")) {
                open.add(alert);
            }
        }
        return open;
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String number) {
        assertThat(Rest.json(answer, status).get("number").getAsString()).isEqualTo(number);
    }

    private static HttpServer receiver(int port, List<String> sent) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext(
                "/secret-path",
                exchange -> {
                    try (exchange) {
                        sent.add(
                                new String(
                                        exchange.getRequestBody().readAllBytes(),
                                        StandardCharsets.UTF_8));
                        exchange.sendResponseHeaders(204, -1);
                    }
                });
        server.start();
        return server;
    }

    private static List<String> events(List<String> sent, String id) {
        return sent.stream()
                .map(body -> JsonParser.parseString(body).getAsJsonObject())
                .filter(event -> alert(event).get("id").getAsString().equals(id))
                .map(event -> event.get("event").getAsString())
                .toList();
    }

    private static JsonObject alert(JsonObject event) {
        return event.getAsJsonObject("alert");
    }
}
