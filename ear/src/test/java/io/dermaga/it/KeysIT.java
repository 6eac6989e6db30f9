package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shortcuts of the keyboard, and help on settings. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class KeysIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    static Stream<Look> looks() {
        return Browser.looks();
    }

    private static Page open(BrowserContext reader, ProductServer server) {
        Page page = reader.newPage();
        new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
        return page;
    }

    @ParameterizedTest
    @MethodSource("looks")
    void keys_are_shown_and_lead_to_sections(Look look, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = open(reader, server);
            page.keyboard().press("?");
            assertThat(page.locator("#keys")).isVisible();
            assertThat(page.locator("#keys-close")).isFocused();
            Browser.screenshot(page, "keys-" + look.fileName());
            page.keyboard().press("Escape");
            assertThat(page.locator("#keys")).not().isVisible();

            page.keyboard().press("g");
            page.keyboard().press("c");
            page.waitForURL("**/connections.xhtml");
            page.keyboard().press("/");
            assertThat(page.locator("#filter-q")).isFocused();
            page.keyboard().type("g?p/");
            assertThat(page.locator("#filter-q")).hasValue("g?p/");
            assertThat(page.locator("#keys")).not().isVisible();
        }
    }

    @Test
    void a_page_is_paused_by_a_key_and_goes_on_by_it(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD).awaitPush();
            page.keyboard().press("p");
            assertThat(page.locator("#live")).hasAttribute("data-state", "paused");
            page.keyboard().press("p");
            assertThat(page.locator("#live")).hasAttribute("data-state", "push");
        }
    }

    @Test
    void keys_that_are_switched_off_do_nothing_and_are_on_again_by_the_menu(
            ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(reader, server);
            page.keyboard().press("?");
            page.locator("#keys-on").uncheck();
            page.locator("#keys-close").click();
            page.reload();
            String overview = page.url();
            page.keyboard().press("?");
            page.keyboard().press("g");
            page.keyboard().press("c");
            assertThat(page.locator("#keys")).not().isVisible();
            assertThat(page).hasURL(overview);

            page.locator("#nav-system summary").click();
            page.locator("#nav-keys").click();
            page.locator("#keys-on").check();
            page.locator("#keys-close").click();
            page.keyboard().press("g");
            page.keyboard().press("m");
            page.waitForURL("**/messages.xhtml");
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void each_setting_has_help_that_the_keyboard_reaches(
            Look look, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = open(reader, server);
            page.navigate(server.dashboard() + "/listener.xhtml?name=lines");
            page.locator("#settings [data-help=idleTimeout]").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#help-title")).hasText("idleTimeout");
            assertThat(page.locator("#help-text"))
                    .containsText(
                            look.language().equals("de") ? "So lange darf" : "Without reading");
            assertThat(page.locator("#help-text code")).hasText("5m");
            Browser.screenshot(page, "help-" + look.fileName());
            page.keyboard().press("Escape");
            assertThat(page.locator("#help")).not().isVisible();

            page.navigate(server.dashboard() + "/doctor.xhtml");
            page.locator("#settings [data-help='dermaga.session.hours']").click();
            assertThat(page.locator("#help-text code")).hasText("12");
            page.locator("#help-close").click();
            assertThat(page.locator("#help")).not().isVisible();
            Browser.screenshot(page, "doctor-help-" + look.fileName());
        }
    }
}
