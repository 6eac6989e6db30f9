package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Tcp;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator does to a listener, and a viewer does not. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class ListenerActionsIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

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
    void a_listener_is_paused_and_resumed_stopped_and_started(
            Look look, ProductServer server, Browser browser) throws Exception {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = open(reader, server, "admin", ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/listener.xhtml?name=stream");

            page.locator("#pause").click();
            assertThat(page.locator("[data-state=PAUSED]")).isVisible();
            page.locator("#resume").click();
            assertThat(page.locator("[data-state=LISTENING]")).isVisible();

            page.locator("#stop").click();
            Browser.screenshot(page, "listener-stop-" + look.fileName());
            page.locator("#stop-yes").click();
            assertThat(page.locator("[data-state=STOPPED]")).isVisible();
            assertThatThrownBy(
                            () ->
                                    new Socket(
                                                    InetAddress.getLoopbackAddress(),
                                                    server.port("stream"))
                                            .close())
                    .isInstanceOf(ConnectException.class);
            Browser.screenshot(page, "listener-stopped-" + look.fileName());
            page.locator("#start").click();
            assertThat(page.locator("[data-state=LISTENING]")).isVisible();
            String before = page.locator("[data-count=delivered] dd").innerText();
            Tcp.send(server.port("stream"), "taken again");
            assertThat(page.locator("[data-count=delivered] dd")).not().hasText(before);
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void who_may_connect_and_how_much_goes_through_is_changed_while_the_listener_is_open(
            Look look, ProductServer server, Browser browser) throws Exception {
        try (BrowserContext reader = browser.reader(look);
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port("lines"))) {
            peer.setSoTimeout(30_000);
            Page page = open(reader, server, "admin", ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/listener.xhtml?name=lines");

            page.locator("[data-rate=readRate]").fill("fast");
            page.locator("#change-rates").click();
            assertThat(page.locator(".ui-growl")).containsText("'readRate'");
            page.locator("[data-rate=readRate]").fill("512MiB");
            page.locator("#change-rates").click();
            assertThat(setting(page, "readRate")).containsText("operator admin");
            assertThat(setting(page, "readRate")).containsText("512MiB");

            page.locator("#deny").fill("127.0.0.0/8, ::1");
            page.locator("#change-access").click();
            Browser.screenshot(page, "listener-access-" + look.fileName());
            page.locator("#access-yes").click();
            assertThat(setting(page, "deny")).containsText("127.0.0.0/8");
            assertThatThrownBy(() -> peer.getInputStream().read())
                    .isInstanceOf(SocketException.class);

            page.locator("#deny").fill("");
            page.locator("#change-access").click();
            page.locator("#access-yes").click();
            assertThat(setting(page, "deny")).not().containsText("127.0.0.0/8");
            Browser.screenshot(page, "listener-limits-" + look.fileName());
        }
    }

    private static Locator setting(Page page, String name) {
        return page.locator("#settings tr")
                .filter(
                        new Locator.FilterOptions()
                                .setHas(
                                        page.getByText(
                                                name, new Page.GetByTextOptions().setExact(true))));
    }

    @Test
    void certificates_are_read_again(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(reader, server, "admin", ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/listener.xhtml?name=secure");

            page.locator("#reload").click();

            assertThat(page.locator("#growl_container, .ui-growl"))
                    .containsText("The certificates were read again.");
            assertThat(page.locator("#events")).containsText("for 'admin'");
        }
    }

    @Test
    void a_viewer_sees_all_and_acts_nowhere(ProductServer server, Browser browser)
            throws Exception {
        try (BrowserContext reader = browser.reader(DESKTOP);
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port("lines"))) {
            Page page = open(reader, server, "viewer", ProductServer.VIEWER_PASSWORD);

            page.navigate(server.dashboard() + "/listener.xhtml?name=secure");
            assertThat(page.locator("#certificates")).isVisible();
            assertThat(page.locator("#actions .buttons")).hasCount(0);
            page.navigate(server.dashboard() + "/connections.xhtml");
            page.locator("#connections [data-connection]")
                    .getByText("127.0.0.1:" + peer.getLocalPort())
                    .click();
            assertThat(page.locator("#counters")).isVisible();
            assertThat(page.locator("#actions .buttons")).hasCount(0);
        }
    }
}
