package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.Built;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The example of docs/configuration.md with the true Keycloak. By hand: start one with {@code
 * KC_BOOTSTRAP_ADMIN_USERNAME=keeper KC_BOOTSTRAP_ADMIN_PASSWORD=keeper-of-the-quay bin/kc.sh
 * start-dev --http-host=127.0.0.1 --http-port=18180}, then {@code mvn verify -Dit.test=KeycloakIT
 * -Dtest.keycloak=http://127.0.0.1:18180}.
 */
@EnabledIfSystemProperty(named = "test.keycloak", matches = "http.+")
@ExtendWith(Browser.Shared.class)
class KeycloakIT {

    private static final String KEYCLOAK = System.getProperty("test.keycloak", "");
    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Makes the realm of the example anew. */
    private void realm(URI dashboard) throws Exception {
        HttpResponse<String> login =
                send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                KEYCLOAK
                                                        + "/realms/master/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        BodyPublishers.ofString(
                                                "grant_type=password&client_id=admin-cli&username=keeper"
                                                        + "&password=keeper-of-the-quay")));
        String token =
                JsonParser.parseString(login.body())
                        .getAsJsonObject()
                        .get("access_token")
                        .getAsString();
        send(
                HttpRequest.newBuilder(URI.create(KEYCLOAK + "/admin/realms/quay"))
                        .header("Authorization", "Bearer " + token)
                        .DELETE());
        String realm =
                Files.readString(Built.project().resolve("docs/examples/keycloak/quay-realm.json"))
                        .replace("https://dermaga.example.org/dermaga", dashboard.toString());
        HttpResponse<String> made =
                send(
                        HttpRequest.newBuilder(URI.create(KEYCLOAK + "/admin/realms"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(realm)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    private static void logIn(Page page, ProductServer server, String user) {
        page.navigate(server.dashboard() + "/connections.xhtml");
        page.locator("#provider").click();
        page.locator("#username").fill(user);
        page.locator("#password").fill(user + "-of-the-quay");
        page.locator("#kc-login").click();
    }

    @Test
    void the_example_lets_in_whom_it_says(Browser browser) throws Exception {
        Map<String, String> settings =
                Map.of(
                        "dermaga.oidc.issuer", KEYCLOAK + "/realms/quay",
                        "dermaga.oidc.clientId", "dermaga",
                        "dermaga.oidc.clientSecret", "change-me",
                        "dermaga.oidc.name", "Keycloak",
                        "dermaga.oidc.rolesClaim", "realm_access.roles",
                        "dermaga.oidc.role.viewer", "dermaga-viewer",
                        "dermaga.oidc.role.operator", "dermaga-operator",
                        "dermaga.oidc.role.admin", "dermaga-admin",
                        "dermaga.oidc.only", "on");
        try (ProductServer server =
                        ProductServer.start("keycloak", options -> options.properties(settings));
                BrowserContext one = browser.reader(DESKTOP);
                BrowserContext other = browser.reader(DESKTOP)) {
            realm(server.dashboard());
            Page ann = one.newPage();
            ann.navigate(server.dashboard() + "/");
            assertThat(ann.locator("#password")).hasCount(0);
            logIn(ann, server, "ann");
            ann.waitForURL(url -> url.endsWith("/dermaga/connections.xhtml"));
            ann.navigate(server.dashboard() + "/");
            new DashboardPage(ann, server.dashboard()).awaitPush();
            ann.navigate(server.dashboard() + "/audit.xhtml");
            assertThat(ann.locator("main")).containsText("oidc:ann");
            Browser.screenshot(ann, "audit-keycloak");
            ann.navigate(server.dashboard() + "/doctor.xhtml");
            assertThat(ann.locator("[data-check=IDENTITY_PROVIDER][data-verdict=GOOD]"))
                    .isVisible();
            ann.locator("#logout").click();
            ann.waitForURL(url -> url.endsWith("/dermaga/login.xhtml"));
            ann.locator("#provider").click();
            assertThat(ann.locator("#kc-login")).isVisible();

            Page nob = other.newPage();
            logIn(nob, server, "nob");
            assertThat(nob.locator("#refusal[data-reason=NO_ROLE]")).isVisible();
            Browser.screenshot(nob, "login-provider-only");
            assertThat(Rest.operator(server.dashboard()).json("/v1/audit?limit=3").toString())
                    .contains("DMG4637");
        }
    }
}
