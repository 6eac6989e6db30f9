package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.Person;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is masked is shown to a revealer, for a reason, once; all attempts are in the audit. */
@ExtendWith({OrdersServer.Shared.class, Browser.Shared.class})
class RevealIT {

    private static final String CARD = "4111111111111111";
    private static final String MASKED = "411111******1111";
    private static final String REASON = "ticket 4711, <b>asked</b> by ann";

    private static final AtomicInteger NAMES = new AtomicInteger();

    static Stream<Look> looks() {
        return Browser.looks();
    }

    /** A payment; its id. */
    private static String pay(OrdersServer server, String what) throws IOException {
        return sent(server, what + " " + server.newOrder() + " card " + CARD + " Zoë");
    }

    private static String sent(OrdersServer server, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int local;
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.cards())) {
            local = peer.getLocalPort();
            peer.getOutputStream().write(new byte[] {0, (byte) bytes.length});
            peer.getOutputStream().write(bytes);
            peer.shutdownOutput();
            peer.getInputStream().readAllBytes();
        }
        return Rest.operator(server.dashboard()).messageOf(local);
    }

    private static Rest user(OrdersServer server, String name, String... roles) {
        return Rest.user(server.dashboard(), name, roles);
    }

    private static HttpResponse<String> reveal(Rest user, String path, String reason) {
        JsonObject body = new JsonObject();
        body.addProperty("reason", reason);
        return user.send("POST", path + "/reveal", "application/json", body.toString());
    }

    /** The newest that the audit has of a user. */
    private static JsonObject audited(OrdersServer server, String who) {
        return Rest.operator(server.dashboard())
                .json("/v1/audit?limit=1&who=" + who)
                .getAsJsonArray("items")
                .get(0)
                .getAsJsonObject();
    }

    private static void assertAudited(
            OrdersServer server, String who, String action, String id, String result) {
        JsonObject record = audited(server, who);
        assertThat(record.get("action").getAsString()).isEqualTo(action);
        assertThat(record.get("target").getAsString()).isEqualTo(id);
        assertThat(record.get("result").getAsString()).isEqualTo(result);
        assertThat(record.toString()).doesNotContain(CARD);
    }

    @ParameterizedTest
    @CsvSource({"paid, messages", "stolen, messages", "stolen, dead-letters"})
    void a_machine_gives_a_reason_and_has_the_bytes_as_they_came(
            String what, String things, OrdersServer server) throws IOException {
        String id = pay(server, what);
        String who = "machine-" + what + "-" + things;
        Rest machine = user(server, who, "revealer");
        String path = "/v1/" + things + "/" + id;
        String action = (things.equals("messages") ? things : "deadLetters") + ".reveal";

        HttpResponse<String> masked = machine.get(path + "/content");
        assertThat(masked.body()).contains(MASKED).doesNotContain(CARD);
        HttpResponse<String> bytes = reveal(machine, path, REASON + "\n\u202e");
        assertThat(bytes.body()).isEqualTo(masked.body().replace(MASKED, CARD));
        for (String header : new String[] {"Content-Type", "Content-Disposition"}) {
            assertThat(bytes.headers().firstValue(header))
                    .isEqualTo(masked.headers().firstValue(header));
        }
        assertThat(bytes.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertAudited(server, who, action, id, "DONE");
        assertThat(audited(server, who).get("reason").getAsString())
                .isEqualTo(REASON + "\\n\\u202E");

        HttpResponse<String> refused = reveal(machine, path, "because");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("DMG4703", "allowed: 10 to 500");
        assertAudited(server, who, action, id, "NOT_DONE");
        assertThat(audited(server, who).get("reason").getAsString()).isEqualTo("because");
        assertThat(reveal(machine, path, "x".repeat(501)).statusCode()).isEqualTo(400);
        assertThat(machine.send("POST", path + "/reveal", "application/json", "{}").body())
                .contains("DMG4314");
        assertThat(reveal(machine, "/v1/" + things + "/nope", REASON).statusCode()).isEqualTo(404);
        assertThat(machine.get(path + "/content").body()).isEqualTo(masked.body());
    }

    @Test
    void not_even_an_admin_reveals_without_the_role(OrdersServer server) throws IOException {
        String id = pay(server, "stolen");
        Rest admin = user(server, "no-revealer", "payload-reader", "operator", "admin");
        for (String things : new String[] {"messages", "dead-letters"}) {
            HttpResponse<String> refused = reveal(admin, "/v1/" + things + "/" + id, REASON);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("DMG4303", "revealer").doesNotContain(CARD);
            assertThat(audited(server, "no-revealer").get("result").getAsString())
                    .isEqualTo("REFUSED");
        }
    }

    @ParameterizedTest
    @CsvSource({"message, messages.reveal", "deadletter, deadLetters.reveal"})
    void a_page_reveals_to_a_revealer_of_its_own_and_to_nobody_else(
            String view, String action, OrdersServer server) throws IOException {
        String id = pay(server, "stolen");
        int number = NAMES.incrementAndGet();
        String may = "may" + number;
        String admin = "may-not" + number;
        user(server, may, "revealer");
        user(server, admin, "payload-reader", "operator", "admin");
        String page = "/" + view + ".xhtml?id=" + id;
        Map<String, String> sent = Map.of("revealing", "revealing", "reveal-reason", REASON);
        Person revealer = Person.user(server.dashboard(), may);
        HttpResponse<String> shown = revealer.get(page);
        assertThat(shown.body()).contains("id=\"reveal-do\"", MASKED).doesNotContain(CARD);

        HttpResponse<String> asked =
                Person.nobody(server.dashboard())
                        .post(page, Person.fields(shown, sent, "reveal-do"));
        assertThat(asked.statusCode()).isEqualTo(302);
        for (String who : new String[] {"viewer", admin}) {
            Person other =
                    who.equals("viewer")
                            ? Person.viewer(server.dashboard())
                            : Person.user(server.dashboard(), who);
            HttpResponse<String> own = other.get(page);
            assertThat(own.body()).doesNotContain("reveal-do");
            assertThat(other.post(page, Person.fields(own, sent, "reveal-do")).body())
                    .contains("Your user does not have the role for this.")
                    .doesNotContain(CARD);
        }
        // a look at the page is kept after it
        JsonObject tried =
                Rest.operator(server.dashboard())
                        .json("/v1/audit?limit=1&who=" + admin + "&action=" + action)
                        .getAsJsonArray("items")
                        .get(0)
                        .getAsJsonObject();
        assertThat(tried.get("result").getAsString()).isEqualTo("REFUSED");
        assertThat(tried.get("reason").getAsString()).isEqualTo(REASON);
        Map<String, String> led = new HashMap<>(sent);
        led.put("reveal-do", "reveal-do");
        assertThat(revealer.post(page, led).body()).doesNotContain(CARD);
        led.put("jakarta.faces.ViewState", "-1:1");
        assertThat(revealer.post(page, led).body()).doesNotContain(CARD);

        HttpResponse<String> done = revealer.post(page, Person.fields(shown, sent, "reveal-do"));
        assertThat(done.body()).contains(CARD).doesNotContain("<b>asked");
        assertThat(done.headers().firstValue("Cache-Control")).hasValue("no-store");
        // the same view, drawn once more
        Map<String, String> again = new HashMap<>(sent);
        again.put("reveal-reason", "short");
        assertThat(revealer.post(page, Person.fields(done, again, "reveal-do")).body())
                .contains(MASKED, "DMG4703")
                .doesNotContain(CARD);
        assertThat(revealer.get(page).body()).contains(MASKED).doesNotContain(CARD);
    }

    /** The listener says what its messages are, so that one that cannot be read on is shown. */
    @ParameterizedTest
    @MethodSource("looks")
    void a_message_of_iso_8583_is_told_as_far_as_it_can_be_read(
            Look look, OrdersServer server, Browser browser) throws IOException {
        String id = sent(server, "0800" + "8220000000000000" + "0400000000000000" + "0301080000x");
        try (BrowserContext reader = browser.reader(look)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/message.xhtml?id=" + id);
            assertThat(page.locator("#structure")).containsText("0301080000");
            assertThat(page.locator("#tree-end")).hasAttribute("data-end", "UNREAD");
            assertThat(page.locator("#tree-end")).containsText("ISO 8583");
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "message-iso8583-unread-" + look.fileName());
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_person_gives_a_reason_and_sees_it_once(Look look, OrdersServer server, Browser browser)
            throws IOException {
        String who = "seer-" + look.fileName();
        user(server, who, "revealer", "operator", "admin");
        String id = pay(server, "stolen");
        try (BrowserContext reader = browser.reader(look)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(who, Rest.USER_PASSWORD);
            for (String view : new String[] {"message", "deadletter"}) {
                String address = server.dashboard() + "/" + view + ".xhtml?id=" + id;
                page.navigate(address);
                Locator text = page.locator(".as-text").first();
                assertThat(text).containsText(MASKED);
                page.locator("#reveal summary").click();
                DeadLettersIT.assertFits(page);
                Browser.screenshot(page, "reveal-ask-" + view + "-" + look.fileName());
                page.locator("#reveal-reason").fill("why not");
                page.locator("#reveal-do").click();
                assertThat(page.locator("#reveal-reason:invalid")).hasCount(1);
                page.locator("#reveal-reason").fill(REASON);
                page.locator("#reveal-do").click();
                assertThat(page.locator(".revealed .as-text")).containsText(CARD);
                assertThat(page.locator("#reveal")).hasCount(0);
                DeadLettersIT.assertFits(page);
                Browser.screenshot(page, "revealed-" + view + "-" + look.fileName());

                page.navigate(address);
                assertThat(page.locator(".as-text").first()).containsText(MASKED);
                assertThat(page.locator(".revealed")).hasCount(0);
            }
            page.navigate(
                    server.dashboard() + "/audit.xhtml?who=" + who + "&action=deadLetters.rev");
            assertThat(page.locator("#audit .reason").first()).hasText(REASON);
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "reveal-audit-" + look.fileName());
        }
    }
}
