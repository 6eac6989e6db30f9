package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.Person;
import io.dermaga.it.support.ProductServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of all open connections; each test looks at peers of an address of its own. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class ConnectionsIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    /** What one look at what is new may cost. */
    private static final int MOST_PUSHED = 20 * 1024;

    static Stream<Look> looks() {
        return Browser.looks();
    }

    private static Socket peer(String from, ProductServer server, String says) throws IOException {
        Socket peer =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        server.port("lines"),
                        InetAddress.getByName(from),
                        0);
        peer.getOutputStream().write(says.getBytes(StandardCharsets.UTF_8));
        return peer;
    }

    private static String addresses(Page page) {
        return String.join(" ", page.locator("#rows [data-connection]").allInnerTexts());
    }

    private static String address(Socket peer) {
        return peer.getLocalAddress().getHostAddress() + ":" + peer.getLocalPort();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void connections_are_filtered_sorted_and_kept_as_a_view(
            Look look, ProductServer server, Browser browser) throws Exception {
        String from = "127.0.1." + (10 + looks().toList().indexOf(look));
        String name = "Größe " + look.fileName();
        try (BrowserContext reader = browser.reader(look);
                Socket small = peer(from, server, "a\n");
                Socket large = peer(from, server, "a".repeat(2000) + "\n");
                Socket half = peer(from, server, "half of a line")) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard())
                    .open(ProductServer.PASSWORD)
                    .go("connections");
            page.locator("#filter-peer").fill(from);
            page.locator("#filter-apply").click();
            assertThat(page.locator("#count[data-count='3']")).isVisible();
            page.locator("#numbers summary").click();
            page.locator("#filter-minRead").fill("10B");
            page.locator("#columns summary").click();
            page.locator("#columns [value=payloads]").uncheck();
            page.locator("#columns [value=assembling]").check();
            Browser.screenshot(page, "connections-choosing-" + look.fileName());
            page.locator("#filter-apply").click();

            assertThat(page.locator("#count[data-count='2']")).isVisible();
            assertThat(page.locator("[data-sort=payloads]")).hasCount(0);
            page.navigate(page.url().replaceAll("&sort=[^&]*", "") + "&sort=-read");
            assertThat(page.locator("#rows [data-connection]")).hasCount(2);
            assertThat(addresses(page)).isEqualTo(address(large) + " " + address(half));
            if (look.width() > 700) { // on a phone the headings are in the rows
                page.locator("[data-sort=read]").click();
                assertThat(page.locator("th[aria-sort=ascending]")).isVisible();
                assertThat(addresses(page)).isEqualTo(address(half) + " " + address(large));
            }

            page.locator("#view-edit summary").click();
            page.locator("#view-name").fill(name);
            page.locator("#view-save").click();
            Locator view = page.locator("[data-view='" + name + "']");
            assertThat(view).hasAttribute("aria-current", "page");
            assertThat(page.locator("#told")).isVisible();
            assertThat(page.locator("#count[data-count='2']")).isVisible();
            Browser.screenshot(page, "connections-view-" + look.fileName());
            String address = page.url();

            page.navigate(server.dashboard() + "/connections.xhtml");
            view.click();
            assertThat(page.locator("#filter-minRead")).hasValue("10B");
            page.locator("#filter-minRead").fill("1KiB");
            page.locator("#filter-apply").click();
            assertThat(view.locator("small")).isVisible(); // it is another now
            assertThat(page.locator("#count[data-count='1']")).isVisible();
            page.locator("#view-edit summary").click();
            page.locator("#view-save").click();
            assertThat(view.locator("small")).hasCount(0);

            page.locator("#view-edit summary").click();
            page.locator("#view-name").fill(name + " 2");
            page.locator("#view-rename").click();
            assertThat(page.locator("[data-view='" + name + " 2']")).isVisible();
            assertThat(view).hasCount(0);

            page.locator("#view-edit summary").click();
            page.locator("#view-delete").click();
            page.locator("#view-delete-yes").click();
            assertThat(page.locator("[data-view='" + name + " 2']")).hasCount(0);
            assertThat(page.locator("#count[data-count='1']")).isVisible();
            page.navigate(address); // a bookmark needs no view
            assertThat(page.locator("#count[data-count='2']")).isVisible();
            assertThat(small.isConnected()).isTrue();
        }
    }

    @Test
    void what_cannot_be_read_is_told_and_all_connections_are_shown(
            ProductServer server, Browser browser) throws Exception {
        try (BrowserContext reader = browser.reader(DESKTOP);
                Socket peer = peer("127.0.1.20", server, "a\n")) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/connections.xhtml?minRead=%3Cb%3Emany");

            assertThat(page.locator("#refused")).containsText("<b>many");
            assertThat(page.locator("#rows")).containsText(address(peer));
        }
    }

    @Test
    void an_open_page_follows_what_happens_and_keeps_what_it_was_asked_for(
            ProductServer server, Browser browser) throws Exception {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            DashboardPage dashboard = new DashboardPage(page, server.dashboard());
            dashboard.open(ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/connections.xhtml?peer=127.0.1.21&sort=-read");
            dashboard.awaitPush();
            page.locator("#filter-q").fill("being typed");
            try (Socket one = peer("127.0.1.21", server, "a\n");
                    Socket two = peer("127.0.1.21", server, "a longer one\n");
                    Socket other = peer("127.0.1.22", server, "a\n")) {
                assertThat(page.locator("#count[data-count='2']")).isVisible();
                assertThat(page.locator("#rows [data-connection]").first()).hasText(address(two));
                assertThat(page.locator("#rows")).not().containsText(address(other));
                assertThat(page.locator("#filter-q")).hasValue("being typed");

                page.locator("[data-peer='" + address(one) + "']").click();
                assertThat(page.locator("#close-peer")).hasText(address(one));
                page.locator("#close-yes").click();
                assertThat(page.locator("#count[data-count='1']")).isVisible();
            }
        }
    }

    @Test
    void a_push_of_five_hundred_connections_is_small(ProductServer server, Browser browser)
            throws Exception {
        List<Socket> peers = new ArrayList<>();
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            for (int i = 0; i < 500; i++) {
                peers.add(peer("127.0.1.23", server, "half of a line"));
            }
            Page page = reader.newPage();
            DashboardPage dashboard = new DashboardPage(page, server.dashboard());
            dashboard.open(ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/connections.xhtml");
            dashboard.awaitPush();
            Response pushed =
                    page.waitForResponse(
                            response ->
                                    response.request().method().equals("POST")
                                            && response.url().contains("connections.xhtml"),
                            () -> page.evaluate("Dermaga.pull()"));

            assertThat(Pattern.compile("data-connection=").matcher(pushed.text()).results())
                    .hasSize(25);
            assertThat(pushed.body()).hasSizeLessThan(MOST_PUSHED);
        } finally {
            for (Socket peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void a_view_is_for_its_user_alone_and_not_for_another_site(ProductServer server) {
        Person viewer = Person.viewer(server.dashboard());
        String page = "/connections.xhtml";
        Map<String, String> given = Map.of("views", "views", "view-name", "of the viewer");
        HttpResponse<String> shown = viewer.get(page);
        viewer.post(page, Map.of("views", "views", "view-name", "led", "view-save", "view-save"));
        HttpResponse<String> saved = viewer.post(page, Person.fields(shown, given, "view-save"));

        assertThat(saved.statusCode()).isEqualTo(302);
        assertThat(saved.headers().firstValue("Location").orElse(""))
                .endsWith("/connections.xhtml?view=of+the+viewer");
        assertThat(viewer.get(page).body()).contains("of the viewer").doesNotContain("led<");
        assertThat(Person.operator(server.dashboard()).get(page).body())
                .doesNotContain("of the viewer");
    }
}
