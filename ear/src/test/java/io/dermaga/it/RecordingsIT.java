package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.Tcp;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections are recorded and replayed, by a person and by a program. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class RecordingsIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);
    private static final String JSON = "application/json";

    static Stream<Look> looks() {
        return DashboardIT.looks();
    }

    private static Page open(
            BrowserContext reader, ProductServer server, String user, String password) {
        Page page = reader.newPage();
        new DashboardPage(page, server.dashboard()).open(user, password);
        return page;
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_person_records_downloads_replays_and_deletes(
            Look look, ProductServer server, Browser browser) throws Exception {
        String payload = "recorded in " + look.fileName();
        try (BrowserContext reader = browser.reader(look)) {
            Page page = open(reader, server, "admin", ProductServer.PASSWORD);
            new DashboardPage(page, server.dashboard()).go("recordings");
            page.locator("#listener").selectOption("stream");
            page.locator("#peers").fill("127.0.0.0/8, ::1");
            page.locator("#start").click();
            page.locator("[data-state=RUNNING]").first().waitFor();
            Tcp.send(server.port("stream"), payload);
            assertThat(page.locator("#recordings [data-count=connections]").first()).hasText("1");
            Browser.screenshot(page, "recordings-" + look.fileName());

            page.locator("#recordings a").first().click();
            page.locator("#stop").click();
            assertThat(page.locator("#state[data-state=STOPPED]")).isVisible();
            assertThat(page.locator("#connections [data-connection]")).hasCount(1);
            Download download = page.waitForDownload(() -> page.locator("#download").click());
            assertThat(download.suggestedFilename()).endsWith(".pcapng");
            assertThat(Files.readString(download.path(), StandardCharsets.ISO_8859_1))
                    .contains(payload);

            page.locator("#connections a[href*='connection=']").click();
            page.locator("#speed").selectOption("0.0");
            page.locator("#play").click();
            assertThat(page.locator("[data-replies=IDENTICAL]")).isVisible();
            Browser.screenshot(page, "recording-" + look.fileName());

            page.locator("#delete").click();
            page.locator("#delete-yes").click();
            assertThat(page.locator("#gone")).isVisible();
        }
    }

    @Test
    void the_pages_of_a_listener_and_a_connection_lead_to_a_recording(
            ProductServer server, Browser browser) throws Exception {
        try (BrowserContext reader = browser.reader(DESKTOP);
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port("lines"))) {
            Page page = open(reader, server, "admin", ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/listener.xhtml?name=lines");
            page.locator("#record").click();
            assertThat(page.locator("#listener")).hasValue("lines");
            page.navigate(server.dashboard() + "/connections.xhtml");
            page.locator("#connections [data-connection]")
                    .getByText("127.0.0.1:" + peer.getLocalPort())
                    .click();
            page.locator("#record").click();
            assertThat(page.locator("#listener")).hasValue("lines");
            assertThat(page.locator("#peers")).hasValue("127.0.0.1");
        }
    }

    @Test
    void a_limit_that_is_not_allowed_and_a_range_that_is_none_are_told(
            ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(reader, server, "admin", ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/recordings.xhtml");
            page.locator("#peers").fill("<script>alert(1)</script>");
            page.locator("#start").click();
            assertThat(page.locator(".ui-growl")).containsText("DMG1001 'peers': given '<script>");
            page.locator("#peers").fill("");
            page.locator("#mebibytes").fill("1000000");
            page.locator("#start").click();
            assertThat(page.locator(".ui-growl")).containsText("DMG3303");
        }
    }

    @Test
    void a_viewer_sees_recordings_and_reads_none(ProductServer server, Browser browser)
            throws Exception {
        String id = begin(Rest.operator(server.dashboard()), "{\"listener\":\"stream\"}");
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(reader, server, "viewer", ProductServer.VIEWER_PASSWORD);
            page.navigate(server.dashboard() + "/recordings.xhtml");
            assertThat(page.locator("#recordings [data-recording='" + id + "']")).isVisible();
            assertThat(page.locator("#starting")).hasCount(0);
            page.navigate(server.dashboard() + "/recording.xhtml?id=" + id);
            assertThat(page.locator("#state")).isVisible();
            assertThat(page.locator("#actions .buttons")).hasCount(0);
            assertThat(
                            reader.request()
                                    .get(
                                            URI.create(server.dashboard() + "/recording/content")
                                                    + "?id="
                                                    + id)
                                    .status())
                    .isEqualTo(403);
        }
        HttpResponse<String> refused =
                Rest.viewer(server.dashboard()).get("/v1/recordings/" + id + "/content");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("DMG4303");
        end(Rest.operator(server.dashboard()), id);
    }

    private static String begin(Rest operator, String body) {
        HttpResponse<String> answer = operator.send("POST", "/v1/recordings", JSON, body);
        String id = Rest.json(answer, 201).get("id").getAsString();
        assertThat(answer.headers().firstValue("Location").orElse(""))
                .endsWith("/v1/recordings/" + id);
        return id;
    }

    private static void end(Rest operator, String id) {
        Rest.json(operator.send("POST", "/v1/recordings/" + id + "/stop"), 200);
        assertThat(operator.send("DELETE", "/v1/recordings/" + id).statusCode()).isEqualTo(204);
    }

    @Test
    void a_program_records_and_replays(ProductServer server) throws Exception {
        Rest operator = Rest.operator(server.dashboard());
        String id =
                begin(
                        operator,
                        "{\"listener\":\"stream\",\"peers\":\"127.0.0.0/8,::1\",\"budget\":1048576,\"limit\":\"PT1M\"}");
        String path = "/v1/recordings/" + id;
        Tcp.send(server.port("stream"), "by a program");
        Awaitility.await().until(() -> operator.json(path).get("connections").getAsInt() == 1);
        assertNumber(operator.send("DELETE", path), 409, "DMG3305");
        JsonObject stopped = Rest.json(operator.send("POST", path + "/stop"), 200);
        assertThat(stopped.get("state").getAsString()).isEqualTo("STOPPED");
        assertThat(stopped.get("bytesRead").getAsLong()).isEqualTo(12);
        assertNumber(operator.send("POST", path + "/stop"), 409, "DMG4313");
        assertThat(operator.get(path + "/content").body()).contains("by a program");

        JsonObject connection =
                operator.json(path + "/connections")
                        .getAsJsonArray("items")
                        .get(0)
                        .getAsJsonObject();
        assertThat(connection.get("whole").getAsBoolean()).isTrue();
        String order =
                "{\"connection\":\"%s\",\"listener\":\"stream\",\"speed\":0}"
                        .formatted(connection.get("id").getAsString());
        HttpResponse<String> begun = operator.send("POST", path + "/replay", JSON, order);
        String replay = Rest.json(begun, 201).get("id").getAsString();
        assertThat(begun.headers().firstValue("Location").orElse(""))
                .endsWith("/v1/recording-replays/" + replay);
        Awaitility.await()
                .until(
                        () ->
                                operator.json("/v1/recording-replays/" + replay)
                                        .get("state")
                                        .getAsString()
                                        .equals("DONE"));
        assertThat(operator.json("/v1/recording-replays/" + replay).get("replies").getAsString())
                .isEqualTo("IDENTICAL");
        assertNumber(
                operator.send("POST", "/v1/recording-replays/" + replay + "/cancel"),
                409,
                "DMG4313");
        assertNumber(
                operator.send("POST", path + "/replay", JSON, order.replace("stream", "nobody")),
                404,
                "DMG1007");
        assertNumber(
                operator.send("POST", path + "/replay", JSON, order.replace(":0", ":-1")),
                400,
                "DMG1001");
        assertNumber(
                operator.send("POST", "/v1/recordings", JSON, "{\"budget\":1}"), 400, "DMG1001");
        assertThat(operator.send("DELETE", path).statusCode()).isEqualTo(204);
        assertNumber(operator.get(path), 404, "DMG4311");
        assertThat(operator.metrics("text/plain").body())
                .contains("dermaga_recordings_ended_total{reason=\"STOPPED\"}");
    }

    private static void assertNumber(HttpResponse<String> answer, int status, String number) {
        assertThat(Rest.json(answer, status).get("number").getAsString()).isEqualTo(number);
    }
}
