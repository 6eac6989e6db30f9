package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.RestOperation;
import io.dermaga.it.support.Tcp;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done is in the audit, with who, what and how it ended. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class AuditIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    static Stream<Look> looks() {
        return DashboardIT.looks();
    }

    private static JsonObject newest(ProductServer server, String who) {
        JsonArray items = records(server, "who=" + who + "&limit=1");
        assertThat(items).hasSize(1);
        return items.get(0).getAsJsonObject();
    }

    private static JsonArray records(ProductServer server, String query) {
        return Rest.operator(server.dashboard()).json("/v1/audit?" + query).getAsJsonArray("items");
    }

    private static String text(JsonObject record, String name) {
        return record.has(name) ? record.get(name).getAsString() : "-";
    }

    private static Page open(BrowserContext reader, ProductServer server, String user) {
        Page page = reader.newPage();
        String password = user.equals("admin") ? ProductServer.PASSWORD : Rest.USER_PASSWORD;
        new DashboardPage(page, server.dashboard()).open(user, password);
        return page;
    }

    @Test
    void each_operation_of_the_rest_interface_that_acts_is_in_the_audit(ProductServer server) {
        Rest walker = Rest.user(server.dashboard(), "walker", "operator", "revealer", "admin");
        Set<String> actions = new HashSet<>();
        long last = newest(server, "walker").get("sequence").getAsLong();
        for (RestOperation operation : RestOperation.all(server.dashboard(), "no-such")) {
            if (!operation.acts()) {
                continue;
            }
            int status = operation.by(walker).statusCode();

            JsonObject record = newest(server, "walker");
            assertThat(record.get("sequence").getAsLong()).as("%s", operation).isGreaterThan(last);
            last = record.get("sequence").getAsLong();
            assertThat(text(record, "way")).isEqualTo("REST");
            assertThat(text(record, "address")).isEqualTo("127.0.0.1");
            assertThat(text(record, "result"))
                    .as("%s %s", operation, status)
                    .isEqualTo(status < 400 ? "DONE" : "NOT_DONE");
            assertThat(text(record, "number")).as("%s", operation).startsWith("DMG");
            assertThat(operation.path() + "/-").contains("/" + text(record, "target"));
            assertThat(actions.add(text(record, "action"))).as("%s", operation).isTrue();
        }
        assertThat(actions)
                .contains("listeners.pause", "deadLetters.edit", "users.delete", "replays.begin")
                .hasSizeGreaterThan(18);
    }

    @Test
    void what_was_done_and_what_was_refused_is_told_apart(ProductServer server) {
        Rest operator = Rest.user(server.dashboard(), "oskar", "operator");
        operator.send("POST", "/v1/listeners/lines/pause");
        operator.send("POST", "/v1/listeners/lines/resume");
        JsonObject done = newest(server, "oskar");
        assertThat(text(done, "action")).isEqualTo("listeners.resume");
        assertThat(text(done, "target")).isEqualTo("lines");
        assertThat(text(done, "result")).isEqualTo("DONE");
        assertThat(text(done, "number")).isEqualTo("-");

        operator.get("/v1/messages/c.1/content");
        JsonObject refused = newest(server, "oskar");
        assertThat(text(refused, "action")).isEqualTo("messages.content");
        assertThat(text(refused, "result")).isEqualTo("REFUSED");
        assertThat(text(refused, "number")).isEqualTo("DMG4303");

        operator.get("/v1/adapter");
        assertThat(newest(server, "oskar")).isEqualTo(refused);
    }

    @Test
    void logins_failures_and_lockouts_are_kept_and_no_name_that_is_nobodys(ProductServer server) {
        Rest.user(server.dashboard(), "luise");
        for (int i = 0; i < 5; i++) {
            Rest.nobody(server.dashboard()).as("luise", "wrong" + i).get("/v1/adapter");
        }
        Rest.nobody(server.dashboard()).as("my secret 4711", "x").get("/v1/adapter");

        assertThat(text(newest(server, "luise"), "action")).isEqualTo("lockout");
        assertThat(records(server, "who=luise&action=login&result=REFUSED")).hasSize(5);
        assertThat(records(server, "action=login&limit=1").get(0).getAsJsonObject().has("who"))
                .isFalse();
        assertThat(records(server, "limit=1000").toString())
                .doesNotContain("my secret", "wrong0", Rest.USER_PASSWORD, ProductServer.PASSWORD);
    }

    @Test
    void what_is_done_on_pages_is_kept_under_the_same_names(ProductServer server, Browser browser) {
        Rest.user(server.dashboard(), "paul", "operator", "payload-reader");
        Tcp.send(server.port("stream"), "a payload that no audit has");
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(reader, server, "paul");
            assertThat(text(newest(server, "paul"), "action")).isEqualTo("login");

            page.navigate(server.dashboard() + "/listener.xhtml?name=lines");
            page.locator("#pause").click();
            page.locator("#resume").click();
            assertThat(page.locator("[data-state=LISTENING]")).isVisible();
            JsonObject resumed = newest(server, "paul");
            assertThat(text(resumed, "action")).isEqualTo("listeners.resume");
            assertThat(text(resumed, "target")).isEqualTo("lines");
            assertThat(text(resumed, "way")).isEqualTo("PAGE");

            page.navigate(server.dashboard() + "/messages.xhtml?listener=stream");
            page.locator("#messages [data-message]").first().click();
            page.locator("#download").waitFor();
            JsonObject looked = newest(server, "paul");
            assertThat(text(looked, "action")).isEqualTo("messages.content");
            String id = text(looked, "target");
            String content = server.dashboard() + "/content?id=";
            assertThat(page.request().get(content + id).text()).contains("a payload");
            assertThat(records(server, "who=paul&action=messages.content")).hasSize(2);
            assertThat(page.request().get(content + "nope").status()).isEqualTo(404);
            assertThat(text(newest(server, "paul"), "result")).isEqualTo("NOT_DONE");

            page.navigate(server.dashboard() + "/history.xhtml?text=that+no+audit");
            assertThat(text(newest(server, "paul"), "action")).isEqualTo("messages.search");
            page.navigate(server.dashboard() + "/lab.xhtml?message=" + id);
            assertThat(records(server, "who=paul&action=messages.content&result=DONE")).hasSize(3);

            page.navigate(server.dashboard() + "/audit.xhtml");
            assertThat(page.locator("#error-page")).hasAttribute("data-error", "403");
            JsonObject refused = newest(server, "paul");
            assertThat(text(refused, "action")).isEqualTo("audit.list");
            assertThat(text(refused, "result")).isEqualTo("REFUSED");

            page.navigate(server.dashboard() + "/");
            page.locator("#logout").click();
            page.locator("#credentials").waitFor();
            assertThat(text(newest(server, "paul"), "action")).isEqualTo("logout");
            assertThat(records(server, "limit=1000").toString()).doesNotContain("no audit");
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void an_admin_finds_who_has_done_what(Look look, ProductServer server, Browser browser) {
        if (records(server, "who=seen&limit=1").isEmpty()) {
            Rest seen = Rest.user(server.dashboard(), "seen", "operator");
            for (int i = 0; i < 55; i++) {
                seen.send("POST", "/v1/listeners/no-such/pause");
            }
        }
        try (BrowserContext reader = browser.reader(look)) {
            Page page = open(reader, server, "admin");
            new DashboardPage(page, server.dashboard()).go("audit");
            assertThat(page.locator("#audit [data-action]")).hasCount(50);
            Browser.screenshot(page, "audit-" + look.fileName());

            page.locator("#filter-who").fill("seen");
            page.locator("#filter-action").fill("listeners");
            page.locator("#filter-apply").click();
            page.waitForURL("**/audit.xhtml?*who=seen*");
            assertThat(page.locator("#audit [data-action='listeners.pause']")).hasCount(50);
            page.locator("#older").click();
            assertThat(page.locator("#audit [data-action='listeners.pause']")).hasCount(5);
            assertThat(page.locator("#older")).hasCount(0);
            page.locator("#newest").click();

            page.locator("#filter-result").selectOption("DONE");
            assertThat(page.locator("#audit [data-action]")).hasCount(0);
            DeadLettersIT.assertFits(page);
        }
    }

    @Test
    void what_is_found_is_exported(ProductServer server, Browser browser) {
        Rest.user(server.dashboard(), "exported").get("/v1/users");
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(reader, server, "admin");
            page.navigate(server.dashboard() + "/audit.xhtml?who=exported");
            APIResponse csv = page.request().get(address(page, "#export-csv"));
            List<String> lines = csv.text().lines().toList();
            assertThat(lines.get(0))
                    .isEqualTo("sequence,at,who,address,way,action,target,result,number,reason");
            assertThat(lines.get(1))
                    .endsWith(",\"exported\",\"127.0.0.1\",REST,users.list,,REFUSED,\"DMG4303\",");
            assertThat(csv.headers().get("content-disposition")).contains("dermaga-audit.csv");
            APIResponse json = page.request().get(address(page, "#export-jsonl"));
            assertThat(json.text().lines().toList())
                    .hasSize(lines.size() - 1)
                    .allMatch(line -> line.contains("\"who\":\"exported\""));

            page.navigate(server.dashboard() + "/audit.xhtml?from=yesterday");
            assertThat(page.locator("#refused")).containsText("yesterday");
            assertThat(page.request().get(server.dashboard() + "/audit/export?result=x").status())
                    .isEqualTo(400);
        }
    }

    private static String address(Page page, String link) {
        return String.valueOf(page.locator(link).evaluate("link => link.href"));
    }
}
