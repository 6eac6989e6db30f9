package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a peer was told of its message, as pages and REST have it. */
@ExtendWith({OrdersServer.Shared.class, Browser.Shared.class})
class AcknowledgementIT {

    /**
     * A message and what its peer has received.
     *
     * @param id of the message; that of one of its copies if there are several
     */
    private record Said(String id, String received) {}

    static Stream<Look> looks() {
        return Browser.looks();
    }

    private static Said said(Rest rest, int port, String text) throws IOException {
        int local;
        String received;
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            local = peer.getLocalPort();
            peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            peer.shutdownOutput();
            received = new String(peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        return new Said(rest.messageOf(local), received);
    }

    private static JsonObject told(Rest rest, Said message) {
        return rest.json("/v1/messages/" + message.id()).getAsJsonObject("acknowledgement");
    }

    @Test
    void machines_are_told_kind_and_size_and_those_who_may_the_bytes(OrdersServer server)
            throws IOException {
        Rest operator = Rest.operator(server.dashboard());
        Rest viewer = Rest.user(server.dashboard(), "teller-viewer");
        Said replied = said(operator, server.orders(), "traced " + server.newOrder());
        Said stored = said(operator, server.invoices(), "invoice\n");
        Said silent = said(operator, server.orders(), "order " + server.newOrder());

        assertThat(replied.received()).isNotEmpty();
        JsonObject reply = told(viewer, replied);
        assertThat(reply.get("kind").getAsString()).isEqualTo("REPLY");
        assertThat(reply.get("bytes").getAsInt()).isEqualTo(replied.received().length());
        String path = "/v1/messages/%s/acknowledgement";
        assertThat(operator.get(path.formatted(replied.id())).body()).isEqualTo(replied.received());
        assertThat(viewer.get(path.formatted(replied.id())).statusCode()).isEqualTo(403);

        assertThat(stored.received()).isEqualTo("+");
        assertThat(told(viewer, stored).get("kind").getAsString()).isEqualTo("STORED");
        assertThat(told(viewer, silent).get("kind").getAsString()).isEqualTo("NONE");
        assertThat(operator.get(path.formatted(silent.id())).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void people_see_it_on_the_page_of_a_message(Look look, OrdersServer server, Browser browser)
            throws IOException {
        Rest rest = Rest.operator(server.dashboard());
        Said replied = said(rest, server.orders(), "traced " + server.newOrder());
        Said silent = said(rest, server.orders(), "order " + server.newOrder());
        try (BrowserContext reader = browser.reader(look)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
            page.navigate(server.dashboard() + "/message.xhtml?id=" + replied.id());
            Locator panel = page.locator("#acknowledgement");
            assertThat(panel.locator("#told")).hasAttribute("data-told", "REPLY");
            assertThat(panel.locator(".as-text")).hasText(replied.received());
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "message-acknowledgement-" + look.fileName());

            page.navigate(server.dashboard() + "/message.xhtml?id=" + silent.id());
            assertThat(panel.locator("#told")).hasAttribute("data-told", "NONE");
            assertThat(panel.locator(".bytes")).hasCount(0);
        }
    }
}
