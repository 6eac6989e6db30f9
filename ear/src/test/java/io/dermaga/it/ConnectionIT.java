package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of one connection. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class ConnectionIT {

    private static final String BYTES = "application/octet-stream";
    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    static Stream<Look> looks() {
        return DashboardIT.looks();
    }

    private static void send(Socket peer, String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void open(Page page, ProductServer server, Socket peer) {
        new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
        // alone in its table: what others open and close moves no row from below the mouse
        String address = "127.0.0.1:" + peer.getLocalPort();
        page.navigate(server.dashboard() + "/connections.xhtml?peer=" + address);
        page.locator("#connections [data-connection]").getByText(address).click();
        page.waitForURL("**/connection.xhtml?id=*");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_connection_is_paused_read_again_and_closed_and_its_life_stays(
            Look look, ProductServer server, Browser browser) throws Exception {
        try (BrowserContext reader = browser.reader(look);
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port("lines"))) {
            send(peer, "one\ntwo\n");
            Page page = reader.newPage();
            open(page, server, peer);
            assertThat(page.locator("[data-count=payloads]")).containsText("2");
            assertThat(page.locator("#messages [data-message]")).hasCount(2);
            assertThat(page.locator("#events [data-kind=CONNECTED]")).isVisible();

            page.locator("#pause").click();
            assertThat(page.locator("#holds [data-hold=OPERATOR]")).isVisible();
            send(peer, "three\n");
            Browser.screenshot(page, "connection-" + look.fileName());
            page.locator("#resume").click();
            assertThat(page.locator("[data-count=payloads]")).containsText("3");
            assertThat(page.locator("#holds")).hasCount(0);

            page.locator("#close").click();
            page.locator("#close-yes").click();
            assertThat(page.locator("#state")).hasAttribute("data-state", "GONE");
            assertThat(page.locator("#events [data-kind=CLOSED]").first()).isVisible();
            assertThat(page.locator("#messages [data-message]")).hasCount(3);
            assertThat(catchSocketException(peer)).isNotNull();
            Browser.screenshot(page, "connection-closed-" + look.fileName());

            page.locator("#all-messages").click();
            page.locator("#messages [data-message]").first().click();
            assertThat(page.locator("main")).containsText("three");
            page.locator("#to-connection").click();
            assertThat(page.locator("#state")).hasAttribute("data-state", "GONE");
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void who_waits_and_who_holds_bytes_is_shown(Look look, ProductServer server, Browser browser)
            throws Exception {
        try (BrowserContext reader = browser.reader(look);
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port("lines"))) {
            send(peer, "half of a line");
            Page page = reader.newPage();
            open(page, server, peer);
            page.locator("#pause").click();
            assertThat(page.locator("#holds [data-hold=OPERATOR]")).isVisible();
            String id = page.locator("h1").innerText();

            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
            page.locator("#to-pressure").click();

            assertThat(page.locator("[data-held=lines]")).hasText("1");
            Locator row =
                    page.locator("#holders tbody tr")
                            .filter(
                                    new Locator.FilterOptions()
                                            .setHas(
                                                    page.locator(
                                                            "[data-connection='" + id + "']")));
            assertThat(row.locator("[data-hold=OPERATOR]")).isVisible();
            assertThat(row).containsText("14 B");
            assertThat(row).containsText("100 %");
            Browser.screenshot(page, "pressure-" + look.fileName());

            row.locator("[data-connection]").click();
            page.locator("#resume").click(); // or nobody would see that the peer has gone
            assertThat(page.locator("#holds")).hasCount(0);
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void which_bytes_became_which_payload_and_where_the_time_went_is_shown(
            Look look, ProductServer server, Browser browser) throws Exception {
        try (BrowserContext reader = browser.reader(look);
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port("lines"))) {
            send(peer, "fir");
            Page page = reader.newPage();
            open(page, server, peer);
            assertThat(page.locator("[data-count=read]")).containsText("3 B");
            assertThat(page.locator("#stream")).hasCount(0);
            page.locator("#pause").click();
            assertThat(page.locator("#holds [data-hold=OPERATOR]")).isVisible();
            send(peer, "st\nsecond\r\n");
            page.locator("#resume").click();

            Locator rows = page.locator("#stream tbody tr");
            assertThat(rows).hasCount(2);
            assertThat(rows.nth(0)).hasAttribute("data-start", "0");
            assertThat(rows.nth(0)).hasAttribute("data-end", "6");
            assertThat(rows.nth(1)).hasAttribute("data-start", "6");
            assertThat(rows.nth(1)).hasAttribute("data-end", "14");
            assertThat(rows.nth(0).locator("[data-leg=RECEIVING]")).isVisible();
            assertThat(rows.nth(0).locator("[data-leg=BEAN]")).isVisible();
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "connection-stream-" + look.fileName());

            rows.nth(0).locator("a").click();
            page.waitForURL("**/message.xhtml?id=*");
            assertThat(page.locator("#range")).hasAttribute("data-reads", "2");
            Locator reads = page.locator("#reads tbody tr");
            assertThat(reads).hasCount(2);
            assertThat(reads.nth(1)).hasAttribute("data-offset", "3");
            assertThat(reads.nth(0).locator(".hold")).hasCount(0);
            assertThat(reads.nth(1).locator(".hold")).isVisible();
            assertThat(page.locator("#waterfall [data-leg=RECEIVING]")).isVisible();
            assertThat(page.locator("#waterfall [data-leg=BEAN]")).isVisible();
            assertThat(page.locator("#forgotten-reads")).hasCount(0);
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "message-stream-" + look.fileName());
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void an_operator_writes_to_the_peer_and_the_audit_keeps_how_it_begins(
            Look look, ProductServer server, Browser browser) throws Exception {
        try (BrowserContext reader = browser.reader(look);
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port("lines"))) {
            send(peer, "one\n");
            Page page = reader.newPage();
            open(page, server, peer);
            String id = page.locator("h1").innerText();
            page.locator("#write summary").click();
            page.locator("#written").fill("Gr\u00fc\u00dfe \\x01");
            page.locator("#charset").selectOption("ISO-8859-1");
            Browser.screenshot(page, "connection-write-" + look.fileName());
            page.locator("#write-ask").click();
            page.locator("#write-yes").click();

            assertThat(page.locator("#growl_container")).containsText("9");
            org.assertj.core.api.Assertions.assertThat(
                            new String(
                                    peer.getInputStream().readNBytes(9),
                                    StandardCharsets.ISO_8859_1))
                    .isEqualTo("Gr\u00fc\u00dfe \u0001\r\n");
            assertThat(page.locator("#events [data-kind=WRITTEN]")).containsText("DMG2018");
            assertThat(page.locator("#written")).hasValue("Gr\u00fc\u00dfe \\x01");
            page.navigate(server.dashboard() + "/audit.xhtml?action=connections.write");
            assertThat(page.locator("main")).containsText(id + ", 7 bytes, 'Gr\\xfc\\xdfe \\x01'");
        }
    }

    @Test
    void what_cannot_be_written_is_told_and_nothing_is_lost(ProductServer server, Browser browser)
            throws Exception {
        try (BrowserContext reader = browser.reader(DESKTOP);
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port("lines"))) {
            send(peer, "one\n");
            Page page = reader.newPage();
            open(page, server, peer);
            page.locator("#write summary").click();
            page.locator("#written").fill("\u20ac");
            page.locator("#charset").selectOption("ISO-8859-1");
            page.locator("#write-ask").click();
            page.locator("#write-yes").click();
            assertThat(page.locator("#growl_container")).containsText("\u20ac");

            String id = page.locator("h1").innerText();
            Rest operator = Rest.operator(server.dashboard());
            String path = "/v1/connections/" + id + "/write";
            org.assertj.core.api.Assertions.assertThat(
                            operator.send("POST", path, BYTES, "hello").body())
                    .contains("\"written\":7");
            org.assertj.core.api.Assertions.assertThat(peer.getInputStream().readNBytes(7))
                    .asString()
                    .isEqualTo("hello\r\n");
            org.assertj.core.api.Assertions.assertThat(
                            operator.send("POST", path, BYTES, "x".repeat(65_537)).statusCode())
                    .isEqualTo(413);
            org.assertj.core.api.Assertions.assertThat(
                            operator.send("POST", path, BYTES, "").statusCode())
                    .isEqualTo(400);
        }
    }

    private static SocketException catchSocketException(Socket peer) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                SocketException.class, () -> peer.getInputStream().readAllBytes());
    }

    @Test
    void a_connection_that_never_was_is_told_as_such(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
            for (String id : new String[] {"nobody-1", "%3Cscript%3Ealert(1)%3C/script%3E", ""}) {
                page.navigate(server.dashboard() + "/connection.xhtml?id=" + id);
                assertThat(page.locator("#no-connection")).isVisible();
                assertThat(page.locator("#actions script")).hasCount(0);
            }
        }
    }
}
