package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator sends something to a listener. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class SendIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    static Stream<Look> looks() {
        return Browser.looks();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_payload_is_sent_and_found_among_the_messages(
            Look look, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD).go("send");
            Browser.screenshot(page, "send-" + look.fileName());

            page.locator("#written").fill("sent by a person \\xff");
            page.locator("#listener").selectOption("stream");
            page.locator("#send").click();

            assertThat(page.locator("#end[data-end=ENDED]")).isVisible();
            assertThat(page.locator("#sent")).hasAttribute("data-bytes", "18");
            assertThat(page.locator("#no-answer")).isVisible();
            Browser.screenshot(page, "sent-" + look.fileName());
            page.locator("#to-messages").click();
            page.locator("#messages tbody a[href*='message.xhtml']").first().click();
            assertThat(page.locator("main")).containsText("sent by a person");
        }
    }

    @Test
    void what_cannot_be_read_is_refused_and_nothing_is_sent(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD).go("send");
            page.locator("#written").fill("no such \\escape\\q");
            page.locator("#send").click();

            assertThat(page.locator("#problem")).isVisible();
            assertThat(page.locator("#end")).hasCount(0);
        }
    }

    @Test
    void a_viewer_cannot_send(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard())
                    .open("viewer", ProductServer.VIEWER_PASSWORD);
            assertThat(page.locator("#nav-send")).hasCount(0);
            page.navigate(server.dashboard() + "/send.xhtml");

            assertThat(page.locator("#no-operator")).isVisible();
            assertThat(page.locator("#send")).hasCount(0);
        }
    }

    @Test
    void a_machine_sends_over_tls_as_well(ProductServer server) {
        Rest operator = Rest.operator(server.dashboard());
        JsonObject sent =
                Rest.json(
                        operator.send(
                                "POST",
                                "/v1/listeners/secure/send",
                                "application/octet-stream",
                                "by a machine"),
                        200);

        assertThat(sent.get("end").getAsString()).isEqualTo("ENDED");
        assertThat(sent.get("sent").getAsLong()).isEqualTo(14);
        assertThat(
                        Rest.json(
                                        operator.send(
                                                "POST",
                                                "/v1/listeners/secure/send?patience=PT31S",
                                                "application/octet-stream",
                                                "x"),
                                        400)
                                .get("number")
                                .getAsString())
                .isEqualTo("DMG1001");
    }
}
