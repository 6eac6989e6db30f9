package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Tcp;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboard as its reader sees it. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class DashboardIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    static Stream<Look> looks() {
        return Browser.looks();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_hello_appears_on_the_open_overview_without_a_reload(
            Look look, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = reader.newPage();
            DashboardPage dashboard = new DashboardPage(page, server.dashboard());
            dashboard.open(ProductServer.PASSWORD).awaitPush();
            page.evaluate("window.notReloaded = true");
            int before = Integer.parseInt(dashboard.delivered("stream").innerText().trim());

            Tcp.send(server.port("stream"), "hello");

            assertThat(dashboard.delivered("stream")).hasText(Integer.toString(before + 1));
            assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);
            Browser.screenshot(page, "overview-" + look.fileName());
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_message_is_shown_as_text_and_hex(Look look, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = reader.newPage();
            DashboardPage dashboard = new DashboardPage(page, server.dashboard());
            dashboard.open(ProductServer.PASSWORD);
            Tcp.send(server.port("stream"), "hello");

            dashboard.go("messages");
            page.locator("#messages tbody a[href*='message.xhtml']").first().waitFor();
            Browser.screenshot(page, "messages-" + look.fileName());
            page.locator("#messages tbody a[href*='message.xhtml']").first().click();

            assertThat(page.locator("main")).containsText("hello");
            assertThat(page.locator("main")).containsText("68 65 6c 6c 6f");
            Browser.screenshot(page, "message-" + look.fileName());
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void an_encrypted_listener_shows_its_certificate_and_who_was_refused(
            Look look, ProductServer server, Browser browser) throws Exception {
        int port = server.port("secure");
        try (BrowserContext reader = browser.reader(look);
                SSLSocket encrypted = server.certificate().connect(port);
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            encrypted.getOutputStream().write("in secret\n".getBytes(StandardCharsets.UTF_8));
            plain.getOutputStream().write("in the open\n".getBytes(StandardCharsets.UTF_8));
            Page page = reader.newPage();
            DashboardPage dashboard = new DashboardPage(page, server.dashboard());
            dashboard.open(ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/listener.xhtml?name=secure");

            assertThat(page.locator("#certificates")).containsText("CN=localhost");
            assertThat(page.locator("#certificates .warn")).isVisible();
            assertThat(page.locator("[data-refusal=HANDSHAKE]")).isVisible();
            assertThat(page.locator("#events [data-kind=REFUSED]").first())
                    .containsText("127.0.0.1:" + plain.getLocalPort());
            assertThat(page.locator("#events [data-kind=SUSPICION]").first()).isVisible();
            assertThat(page.locator("#settings")).containsText("********");
            assertThat(page.locator("main")).not().containsText("secret-of-the-tests");
            Browser.screenshot(page, "listener-" + look.fileName());

            dashboard.go("connections");
            assertThat(page.locator("#connections")).containsText("secure");
            Browser.screenshot(page, "connections-" + look.fileName());
        }
    }

    @Test
    void a_link_that_is_drawn_anew_while_it_is_pressed_is_followed(
            ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD).awaitPush();
            Locator link = page.locator("#listeners a[href*='name=stream']").first();
            link.hover();
            page.mouse().down();
            ElementHandle pressed = link.elementHandle();
            page.evaluate("Dermaga.pull()");
            page.waitForFunction("pressed => !pressed.isConnected", pressed);
            page.mouse().up();

            page.waitForURL("**/listener.xhtml?name=stream");
        }
    }

    @Test
    void charts_follow_the_colour_scheme_without_a_reload(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD).awaitPush();
            page.evaluate("window.notReloaded = true");
            String labels = "() => PrimeFaces.widgets.bytes.chart.options.scales.x.ticks.color";
            Object light = page.evaluate(labels);

            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));

            page.waitForFunction("light => (" + labels + ")() !== light", light);
            assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);
            Browser.screenshot(page, "overview-turned-dark");
        }
    }

    @Test
    void a_wrong_password_is_told_and_opens_nothing(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            page.navigate(server.dashboard() + "/");
            page.locator("#username").fill("admin");
            page.locator("#password").fill("not the password");
            page.locator("#login").click();

            assertThat(page.locator("[role=alert]")).isVisible();
            assertThat(page.locator("#nav-overview").count()).isZero();
        }
    }
}
