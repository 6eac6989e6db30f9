package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.Tcp;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Users as an admin makes them, and as they use the dashboard. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class UsersIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);
    private static final String OWN = "my own mooring rope";

    static Stream<Look> looks() {
        return DashboardIT.looks();
    }

    private static Page open(BrowserContext reader, ProductServer server, String... credential) {
        Page page = reader.newPage();
        new DashboardPage(page, server.dashboard()).open(credential[0], credential[1]);
        return page;
    }

    private static void logIn(Page page, ProductServer server, String user, String password) {
        page.navigate(server.dashboard() + "/");
        page.locator("#username").fill(user);
        page.locator("#password").fill(password);
        page.locator("#login").click();
    }

    private static void choose(Page page, String current, String chosen) {
        page.locator("#current").fill(current);
        page.locator("#chosen").fill(chosen);
        page.locator("#repeated").fill(chosen);
        page.locator("#change").click();
    }

    /** Makes a user on the page; his password. */
    private static String create(Page page, ProductServer server, String name, String... roles) {
        page.navigate(server.dashboard() + "/users.xhtml");
        page.locator("#new-name").fill(name);
        for (String role : roles) {
            page.locator("#new-roles input[value='" + role + "']").check();
        }
        page.locator("#create").click();
        return page.locator("#issued-password").innerText();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_user_is_made_and_chooses_a_password_before_anything_else(
            Look look, ProductServer server, Browser browser) {
        String name = "new-" + look.fileName();
        try (BrowserContext chief = browser.reader(look);
                BrowserContext reader = browser.reader(look)) {
            Page admin = open(chief, server, "admin", ProductServer.PASSWORD);
            new DashboardPage(admin, server.dashboard()).go("users");
            String issued = create(admin, server, name, "operator");
            DeadLettersIT.assertFits(admin);
            Browser.screenshot(admin, "users-created-" + look.fileName());
            admin.locator("[data-user='" + name + "']").click();
            admin.locator("#save-roles").waitFor();
            assertThat(admin.locator("#roles input[value=operator]")).isChecked();
            assertThat(admin.locator("#issued")).hasCount(0);
            Browser.screenshot(admin, "users-" + look.fileName());
            admin.locator("#delete").click();
            assertThat(admin.locator("#delete-yes")).isVisible();
            Browser.screenshot(admin, "users-delete-" + look.fileName());

            Page page = reader.newPage();
            logIn(page, server, name, issued);
            assertThat(page.locator("#due")).isVisible();
            assertThat(page.locator("#nav-overview")).hasCount(0);
            Browser.screenshot(page, "password-due-" + look.fileName());
            page.navigate(server.dashboard() + "/messages.xhtml");
            assertThat(page.locator("#due")).isVisible();
            assertThat(page.request().get(server.dashboard() + "/content?id=c.1").url())
                    .endsWith("/password.xhtml");
            choose(page, issued, "password");
            assertThat(page.locator("#told")).containsText("DMG4610");
            choose(page, "not it", OWN);
            assertThat(page.locator("#told .bad")).isVisible();
            choose(page, issued, OWN);
            assertThat(page.locator("#go-on")).isVisible();
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "password-changed-" + look.fileName());
            page.locator("#go-on").click();
            assertThat(page.locator("#nav-overview")).isVisible();
        }
    }

    @Test
    void the_role_for_contents_is_given_and_the_session_of_before_ends(
            ProductServer server, Browser browser) {
        Rest.user(server.dashboard(), "rita");
        Tcp.send(server.port("stream"), "for some eyes only");
        try (BrowserContext chief = browser.reader(DESKTOP);
                BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(reader, server, "rita", Rest.USER_PASSWORD);
            new DashboardPage(page, server.dashboard()).go("messages");
            page.locator("#messages [data-message]").first().click();
            assertThat(page.locator("#content-hidden")).isVisible();
            assertThat(page.locator("main")).not().containsText("for some eyes only");
            String message = page.url();
            String id = message.substring(message.indexOf("id=") + 3);
            assertThat(page.request().get(server.dashboard() + "/content?id=" + id).status())
                    .isEqualTo(403);
            Browser.screenshot(page, "message-hidden");
            page.navigate(server.dashboard() + "/lab.xhtml?message=" + id);
            assertThat(page.locator("#problem")).containsText("does not have the role");
            page.navigate(server.dashboard() + "/history.xhtml?text=eyes");
            assertThat(page.locator("#forbidden")).isVisible();
            assertThat(page.locator("#filter-text")).hasCount(0);

            Page admin = open(chief, server, "admin", ProductServer.PASSWORD);
            admin.navigate(server.dashboard() + "/users.xhtml?user=rita");
            admin.locator("#roles input[value=payload-reader]").check();
            admin.locator("#save-roles").click();
            assertThat(admin.locator("#told .done")).isVisible();
            assertThat(admin.locator("#users tr", rows("rita")).locator("[data-role]")).hasCount(2);

            page.navigate(message);
            assertThat(page.locator("#credentials")).isVisible();
            logIn(page, server, "rita", Rest.USER_PASSWORD);
            page.locator("#nav-overview").waitFor();
            page.navigate(message);
            assertThat(page.locator("main")).containsText("for some eyes only");
        }
    }

    private static Page.LocatorOptions rows(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    @Test
    void a_password_is_reset_a_user_is_disabled_and_deleted(ProductServer server, Browser browser) {
        Rest.user(server.dashboard(), "rolf", "operator");
        try (BrowserContext chief = browser.reader(DESKTOP);
                BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(reader, server, "rolf", Rest.USER_PASSWORD);
            Page admin = open(chief, server, "admin", ProductServer.PASSWORD);
            admin.navigate(server.dashboard() + "/users.xhtml?user=rolf");
            admin.locator("#reset").click();
            admin.locator("#reset-yes").click();
            String issued = admin.locator("#issued-password").innerText();
            page.navigate(server.dashboard() + "/connections.xhtml");
            assertThat(page.locator("#credentials")).isVisible();
            logIn(page, server, "rolf", issued);
            assertThat(page.locator("#due")).isVisible();
            choose(page, issued, OWN);
            page.locator("#go-on").click();
            page.locator("#nav-overview").waitFor();

            admin.locator("#disable").click();
            admin.locator("#disable-yes").click();
            assertThat(admin.locator("#users tr", rows("rolf")).locator("[data-state=disabled]"))
                    .isVisible();
            logIn(page, server, "rolf", OWN);
            assertThat(page.locator("#login-messages")).isVisible();
            admin.locator("#enable").click();
            assertThat(admin.locator("#users tr", rows("rolf")).locator("[data-state=disabled]"))
                    .hasCount(0);

            admin.locator("#delete").click();
            admin.locator("#delete-yes").click();
            assertThat(admin.locator("[data-user=rolf]")).hasCount(0);
            logIn(page, server, "rolf", OWN);
            assertThat(page.locator("#login-messages")).isVisible();
        }
    }

    @Test
    void who_is_locked_is_shown_and_unlocked(ProductServer server, Browser browser) {
        Rest.user(server.dashboard(), "lena");
        for (int i = 0; i < 9; i++) {
            Rest.nobody(server.dashboard()).as("lena", "wrong" + i).get("/v1/adapter");
        }
        try (BrowserContext chief = browser.reader(DESKTOP);
                BrowserContext reader = browser.reader(DESKTOP)) {
            Page admin = open(chief, server, "admin", ProductServer.PASSWORD);
            admin.navigate(server.dashboard() + "/users.xhtml");
            assertThat(admin.locator("[data-locked=lena]")).isVisible();
            Browser.screenshot(admin, "users-locked");
            admin.locator("[data-unlock=lena]").click();
            assertThat(admin.locator("#told .done")).isVisible();
            assertThat(admin.locator("[data-locked=lena]")).hasCount(0);
            open(reader, server, "lena", Rest.USER_PASSWORD);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "users.xhtml, 403",
        "users.xhtml?user=admin, 403",
        "audit.xhtml, 403",
        "audit/export?format=csv, 403",
        "content?id=c.1, 403",
        "deadletter/content?id=c.1, 403",
        "deadletter/original?id=c.1, 403",
        "./users.xhtml, 403",
        "users.xhtml;x=1, 403",
        "password.xhtml, 200",
        "doctor.xhtml, 200",
        "index.xhtml, 200"
    })
    void a_viewer_is_refused_what_needs_another_role(
            String address, int status, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(reader, server, "viewer", ProductServer.VIEWER_PASSWORD);
            assertThat(page.locator("#nav-users")).hasCount(0);
            assertThat(page.locator("#nav-audit")).hasCount(0);

            assertThat(page.request().get(server.dashboard() + "/" + address).status())
                    .isEqualTo(status);
        }
    }

    @Test
    void a_configured_user_cannot_be_changed_here(ProductServer server, Browser browser) {
        try (BrowserContext chief = browser.reader(DESKTOP)) {
            Page admin = open(chief, server, "admin", ProductServer.PASSWORD);
            admin.navigate(server.dashboard() + "/users.xhtml?user=viewer");
            assertThat(admin.locator("#users")).containsText("from the configuration");
            assertThat(admin.locator("#save-roles")).hasCount(0);
            create(admin, server, "taken-name");
            admin.locator("#new-name").fill("Taken-Name");
            admin.locator("#create").click();
            assertThat(admin.locator("#told .bad")).containsText("DMG4605");
            admin.navigate(server.dashboard() + "/password.xhtml");
            assertThat(admin.locator("#configured")).isVisible();
            assertThat(admin.locator("#change")).hasCount(0);
        }
    }
}
