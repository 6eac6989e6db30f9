package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How sessions begin, what they are worth, and how they end (OWASP ASVS 5.0, chapter 7). */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class SessionIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    private final HttpClient http = HttpClient.newHttpClient();

    private static Cookie session(BrowserContext reader) {
        return reader.cookies().stream()
                .filter(cookie -> cookie.name.equals("JSESSIONID"))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> get(ProductServer server, String path, String session)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.dashboard() + path))
                        .header("Cookie", session)
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void the_id_of_before_the_login_is_worth_nothing_after_it(ProductServer server, Browser browser)
            throws Exception {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            page.navigate(server.dashboard() + "/");
            assertThat(page.locator("#username")).hasAttribute("autocomplete", "username");
            assertThat(page.locator("#password")).hasAttribute("autocomplete", "current-password");
            String before = session(reader).value;
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
            Cookie after = session(reader);

            assertThat(after.value).isNotEqualTo(before);
            assertThat(after.httpOnly).isTrue();
            assertThat(get(server, "/index.xhtml", "JSESSIONID=" + before).statusCode())
                    .isEqualTo(302);
            assertThat(get(server, "/index.xhtml", "JSESSIONID=" + after.value).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void logging_out_ends_the_session_and_its_push_channel_in_other_tabs_too(
            ProductServer server, Browser browser) throws Exception {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page tab = reader.newPage();
            WebSocket channel =
                    tab.waitForWebSocket(
                            () ->
                                    new DashboardPage(tab, server.dashboard())
                                            .open(ProductServer.PASSWORD)
                                            .awaitPush());
            // a paused page asks for nothing by itself
            tab.locator("#live").click();
            tab.locator("#live[data-state=paused]").waitFor();
            String id = session(reader).value;
            Page other = reader.newPage();
            other.navigate(server.dashboard() + "/connections.xhtml");

            other.locator("#logout").click();
            tab.waitForCondition(channel::isClosed);

            assertThat(get(server, "/index.xhtml", "JSESSIONID=" + id).statusCode()).isEqualTo(302);
            tab.locator("#live").click();
            assertThat(tab.locator("#credentials")).isVisible();
        }
    }

    @Test
    void an_update_of_a_page_whose_session_has_ended_is_told_so(ProductServer server)
            throws Exception {
        HttpClient following =
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

        HttpResponse<String> told =
                following.send(
                        HttpRequest.newBuilder(URI.create(server.dashboard() + "/index.xhtml"))
                                .header("Cookie", "JSESSIONID=gone")
                                .header("Faces-Request", "partial/ajax")
                                .header("Sec-Fetch-Site", "same-origin")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("jakarta.faces.partial.ajax=true"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(told.statusCode()).isEqualTo(401);
        assertThat(told.body()).isEmpty();
    }

    @Test
    void a_user_who_chooses_a_password_ends_his_other_sessions(
            ProductServer server, Browser browser) {
        Rest.user(server.dashboard(), "sven");
        try (BrowserContext first = browser.reader(DESKTOP);
                BrowserContext second = browser.reader(DESKTOP)) {
            Page here = first.newPage();
            new DashboardPage(here, server.dashboard()).open("sven", Rest.USER_PASSWORD);
            Page there = second.newPage();
            new DashboardPage(there, server.dashboard()).open("sven", Rest.USER_PASSWORD);
            new DashboardPage(here, server.dashboard()).go("password");
            assertThat(here.locator("#current")).hasAttribute("autocomplete", "current-password");
            assertThat(here.locator("#chosen")).hasAttribute("autocomplete", "new-password");
            assertThat(here.locator("#repeated")).hasAttribute("autocomplete", "new-password");
            here.locator("#current").fill(Rest.USER_PASSWORD);
            here.locator("#chosen").fill("another rope");
            here.locator("#repeated").fill("another rop");
            here.locator("#change").click();
            assertThat(here.locator("#told")).containsText("not the same");
            String before = session(first).value;
            here.locator("#current").fill(Rest.USER_PASSWORD);
            here.locator("#chosen").fill("another rope");
            here.locator("#repeated").fill("another rope");
            here.locator("#change").click();
            here.locator("#go-on").click();
            here.locator("#nav-overview").waitFor();

            assertThat(session(first).value).isNotEqualTo(before);
            there.navigate(server.dashboard() + "/connections.xhtml");
            assertThat(there.locator("#credentials")).isVisible();
        }
    }

    @Test
    void over_plain_http_no_browser_is_told_to_use_https_only(ProductServer server)
            throws Exception {
        HttpResponse<String> page = get(server, "/login.xhtml", "x=y");

        assertThat(page.headers().map()).doesNotContainKey("strict-transport-security");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    }

    @Test
    void behind_https_the_cookie_is_of_this_host_alone_and_the_first_password_is_due()
            throws Exception {
        Map<String, String> settings =
                Map.of(
                        "dermaga.https", "on",
                        "dermaga.admin.password", "",
                        "dermaga.viewer.password", "",
                        "dermaga.history", "off",
                        "dermaga.oidc.only", "on");
        try (ProductServer server =
                ProductServer.start("https", options -> options.properties(settings))) {
            HttpResponse<String> first = get(server, "/index.xhtml", "x=y");
            List<String> cookies = first.headers().allValues("Set-Cookie");
            assertThat(cookies)
                    .anySatisfy(
                            cookie ->
                                    assertThat(cookie)
                                            .startsWith("__Host-dermaga=")
                                            .contains("Path=/;", "Secure", "HttpOnly", "SameSite=")
                                            .doesNotContain("Domain"));
            assertThat(cookies).noneMatch(cookie -> cookie.contains("JSESSIONID"));
            assertThat(
                            get(server, "/login.xhtml", "x=y")
                                    .headers()
                                    .firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=31536000");

            // pages are for users of the provider only, and REST goes on
            assertThat(get(server, "/login.xhtml", "x=y").body())
                    .contains("id=\"provider\"")
                    .doesNotContain("id=\"password\"");
            Rest admin = Rest.nobody(server.dashboard()).as("admin", server.generatedPassword());
            assertThat(admin.get("/v1/adapter").body()).contains("DMG4613");
            assertThat(
                            admin.send(
                                            "PUT",
                                            "/v1/password",
                                            "application/json",
                                            "{\"password\":\"a pier of my own\"}")
                                    .statusCode())
                    .isEqualTo(204);
            Rest own = Rest.nobody(server.dashboard()).as("admin", "a pier of my own");
            JsonObject audit = own.json("/v1/audit?limit=1");
            assertThat(audit.toString()).contains("password.change", "DONE");
            assertThat(own.send("DELETE", "/v1/users/admin").body()).contains("DMG4607");
        }
    }
}
