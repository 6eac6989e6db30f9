package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.LoginProvider;
import io.dermaga.it.support.Person;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Login at an identity provider by OpenID Connect, as a browser does it. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class OidcIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    /** More than that for which the product remembers a provider, there or away. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private LoginProvider provider;

    @BeforeEach
    void start(ProductServer server) {
        provider = new LoginProvider(server.loginProviderPort());
        await().atMost(LIMIT).until(() -> begun(server).startsWith(issuer(server)));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    static Stream<Look> looks() {
        return Browser.looks();
    }

    private static String issuer(ProductServer server) {
        return LoginProvider.issuer(server.loginProviderPort());
    }

    private HttpResponse<String> get(String address, String cookie)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address)).header("Cookie", cookie).build(),
                BodyHandlers.ofString());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    /** Where a login that begins leads to. */
    private String begun(ProductServer server) throws IOException, InterruptedException {
        return location(get(server.dashboard() + "/oidc/login", "x=y"));
    }

    private static String session(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(one -> one.startsWith("JSESSIONID="))
                .map(one -> one.replaceFirst(";.*", ""))
                .findFirst()
                .orElseThrow();
    }

    private static String session(BrowserContext reader) {
        return reader.cookies().stream()
                .filter(cookie -> cookie.name.equals("JSESSIONID"))
                .map((Cookie cookie) -> cookie.value)
                .findFirst()
                .orElseThrow();
    }

    /** The latest actions of a user, as the audit has them. */
    private static String audit(ProductServer server, String user) {
        return Rest.operator(server.dashboard())
                .json("/v1/audit?limit=5&who=oidc%3A" + user)
                .toString();
    }

    private static void logIn(Page page, ProductServer server, String user) {
        page.navigate(server.dashboard() + "/");
        page.locator("#provider").click();
        page.locator("#" + user).click();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void somebody_goes_on_to_the_page_he_asked_for_and_is_logged_out_there_too(
            Look look, ProductServer server, Browser browser) throws Exception {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = reader.newPage();
            page.navigate(server.dashboard() + "/connections.xhtml?language=" + look.language());
            String before = session(reader);
            assertThat(page.locator("#provider")).containsText("Harbour Office");
            Browser.screenshot(page, "login-provider-" + look.fileName());

            page.locator("#provider").click();
            page.locator("#ann").click();
            page.waitForURL(url -> url.contains("/dermaga/connections.xhtml"));
            assertThat(page.locator("#nav-overview")).hasCount(1);
            String after = session(reader);
            assertThat(after).isNotEqualTo(before);
            assertThat(location(get(server.dashboard() + "/index.xhtml", "JSESSIONID=" + before)))
                    .contains("login.xhtml");

            page.navigate(server.dashboard() + "/");
            new DashboardPage(page, server.dashboard()).awaitPush();
            page.navigate(server.dashboard() + "/password.xhtml");
            assertThat(page.locator("#elsewhere")).containsText("Harbour Office");
            assertThat(page.locator("#change")).hasCount(0);
            Browser.screenshot(page, "password-elsewhere-" + look.fileName());

            page.locator("#logout").click();
            page.waitForURL(url -> url.endsWith("/dermaga/login.xhtml"));
            assertThat(provider.loggedOut())
                    .containsEntry("post_logout_redirect_uri", server.dashboard() + "/login.xhtml")
                    .containsEntry("client_id", LoginProvider.CLIENT)
                    .containsKey("id_token_hint");
            assertThat(get(server.dashboard() + "/index.xhtml", "JSESSIONID=" + after).statusCode())
                    .isEqualTo(302);
        }
    }

    @Test
    void what_he_may_do_is_what_his_roles_give_and_his_name_is_nobody_elses(
            ProductServer server, Browser browser) {
        try (BrowserContext crew = browser.reader(DESKTOP);
                BrowserContext guest = browser.reader(DESKTOP)) {
            Page ann = crew.newPage();
            logIn(ann, server, "ann");
            ann.locator("#nav-overview").waitFor();
            ann.navigate(server.dashboard() + "/listener.xhtml?name=secure");
            assertThat(ann.locator("#reload")).isVisible();
            ann.locator("#reload").click();
            await().untilAsserted(
                            () ->
                                    assertThat(audit(server, "ann"))
                                            .contains(
                                                    "subject-of-ann",
                                                    "\"action\":\"login\"",
                                                    "listeners.reloadCertificates"));

            Page admin = guest.newPage();
            logIn(admin, server, "admin");
            admin.locator("#nav-overview").waitFor();
            assertThat(admin.locator("#nav-users")).hasCount(0);
            for (String path : new String[] {"/users.xhtml", "/audit.xhtml", "/content?id=c.1"}) {
                assertThat(admin.request().get(server.dashboard() + path).status())
                        .as(path)
                        .isEqualTo(403);
            }
            assertThat(audit(server, "admin")).contains("users.list", "REFUSED");
            admin.navigate(server.dashboard() + "/listener.xhtml?name=secure");
            assertThat(admin.locator("#reload")).hasCount(0);
        }
    }

    @Test
    void the_page_of_the_users_says_that_there_are_others(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/users.xhtml");
            assertThat(page.locator("#elsewhere")).containsText("Harbour Office");
            assertThat(page.locator("#users")).not().containsText("oidc:");
            page.navigate(server.dashboard() + "/doctor.xhtml");
            assertThat(page.locator("[data-check=IDENTITY_PROVIDER][data-verdict=GOOD]"))
                    .containsText(issuer(server) + ": 1 keys");
            assertThat(page.locator("#settings")).containsText("dermaga.oidc.clientSecret");
            assertThat(page.locator("main")).not().containsText(LoginProvider.SECRET);
            Browser.screenshot(page, "doctor-provider");
        }
    }

    @Test
    void who_has_no_role_is_told_so_and_kept_in_the_audit(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            logIn(page, server, "nob");

            assertThat(page.locator("#refusal[data-reason=NO_ROLE]")).isVisible();
            assertThat(page.locator("main")).not().containsText("choir");
            Browser.screenshot(page, "login-no-role");
            assertThat(audit(server, "nob")).contains("\"REFUSED\"", "DMG4637");
            page.navigate(server.dashboard() + "/");
            assertThat(page.locator("#credentials")).isVisible();
        }
    }

    @Test
    void a_token_that_was_made_for_another_client_lets_nobody_in(
            ProductServer server, Browser browser) {
        provider.change(claims -> claims.addProperty("aud", "another"));
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            logIn(page, server, "ann");

            assertThat(page.locator("#refusal[data-reason=REFUSED]")).isVisible();
            assertThat(page.locator("main")).not().containsText("another");
            page.navigate(server.dashboard() + "/");
            assertThat(page.locator("#credentials")).isVisible();
        }
    }

    @Test
    void an_answer_counts_once_and_in_the_browser_that_has_asked(ProductServer server)
            throws Exception {
        HttpResponse<String> begun = get(server.dashboard() + "/oidc/login", "x=y");
        String session = session(begun);
        String callback =
                location(get(location(begun).replace("/authorize?", "/pick?user=vic&"), "x=y"));
        assertThat(callback).startsWith(server.dashboard() + "/oidc/callback?code=");

        String expired = "/dermaga/login.xhtml?provider=expired";
        assertThat(location(get(callback, "x=y"))).endsWith(expired);
        assertThat(location(get(callback.replaceFirst("state=.", "state=~"), session)))
                .endsWith(expired);
        assertThat(location(get(callback.replaceFirst("&state=.*", ""), session)))
                .endsWith(expired);

        HttpResponse<String> in = get(callback, session);
        assertThat(location(in)).endsWith("/dermaga/index.xhtml");
        String own = session(in);
        assertThat(own).isNotEqualTo(session);
        assertThat(get(server.dashboard() + "/index.xhtml", own).statusCode()).isEqualTo(200);

        assertThat(location(get(callback, own))).endsWith(expired);
        assertThat(location(get(callback, session))).endsWith(expired);
    }

    @Test
    void no_parameter_leads_elsewhere(ProductServer server) throws Exception {
        String elsewhere = "https%3A%2F%2Fevil.example%2F";
        HttpResponse<String> begun =
                get(
                        server.dashboard()
                                + "/oidc/login?continue=true&redirect_uri="
                                + elsewhere
                                + "&target="
                                + elsewhere,
                        "x=y");
        assertThat(location(begun))
                .startsWith(issuer(server) + "/authorize?")
                .doesNotContain("evil");
        String callback =
                location(get(location(begun).replace("/authorize?", "/pick?user=vic&"), "x=y"));
        assertThat(location(get(callback + "&continue=" + elsewhere, session(begun))))
                .endsWith("/dermaga/index.xhtml");
        assertThat(begun.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
    }

    @Test
    void while_the_provider_is_away_the_page_says_so_and_own_passwords_are_taken(
            ProductServer server, Browser browser) {
        provider.close();
        await().atMost(LIMIT).until(() -> begun(server).contains("provider=away"));
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            page.navigate(server.dashboard() + "/connections.xhtml");
            page.locator("#provider").click();
            assertThat(page.locator("#refusal[data-reason=AWAY]")).isVisible();
            assertThat(page.locator("main")).not().containsText("DMG4632");
            Browser.screenshot(page, "login-provider-away");

            page.locator("#username").fill("admin");
            page.locator("#password").fill(ProductServer.PASSWORD);
            page.locator("#login").click();
            page.waitForURL(url -> url.contains("/dermaga/connections.xhtml"));
        }
        assertThat(Person.nobody(server.dashboard()).get("/login.xhtml?provider=nonsense").body())
                .doesNotContain("refusal");
    }
}
