package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.Tcp;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of the past, as their reader finds them. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class HistoryIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);
    private static final String ROWS = "#messages tbody a[href*='message.xhtml']";

    static Stream<Look> looks() {
        return DashboardIT.looks();
    }

    private static Page opened(BrowserContext reader, ProductServer server) {
        Page page = reader.newPage();
        new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
        return page;
    }

    /** Opens a search again and again until it finds so many; writing is a little behind. */
    private static void await(Page page, ProductServer server, String search, int rows) {
        Awaitility.await()
                .pollInSameThread()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            page.navigate(server.dashboard() + "/history.xhtml?" + search);
                            return page.locator(ROWS).count() == rows;
                        });
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("looks")
    void what_has_happened_is_found_page_by_page(Look look, ProductServer server, Browser browser)
            throws Exception {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = opened(reader, server);
            try (SSLSocket peer = server.certificate().connect(server.port("secure"))) {
                peer.getOutputStream().write(lines(60).getBytes(StandardCharsets.UTF_8));
                await(page, server, "listener=secure&outcome=DELIVERED", 50);
            }
            String newest = page.locator(ROWS + " span").first().getAttribute("data-message");
            Browser.screenshot(page, "history-" + look.fileName());

            page.locator("#older").click();
            assertThat(page.locator("#newest")).isVisible();
            assertThat(page.locator(ROWS).nth(9)).isVisible();
            assertThat(page.locator("[data-message='" + newest + "']")).hasCount(0);
            String connection = newest.substring(0, newest.lastIndexOf('.'));
            // all of one connection, once all are written
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                page.navigate(
                                        server.dashboard()
                                                + "/history.xhtml?listener=secure&connection="
                                                + connection);
                                if (page.locator("#older").count() == 0) {
                                    return false;
                                }
                                page.locator("#older").click();
                                page.locator("#newest").waitFor();
                                return page.locator(ROWS).count() == 10;
                            });
            assertThat(page.locator("#older")).hasCount(0);

            page.locator(ROWS).last().click();
            assertThat(page.locator("main")).containsText("line 1");
        }
    }

    @Test
    void a_message_that_the_adapter_has_forgotten_is_still_shown(
            ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = opened(reader, server);
            Tcp.send(server.port("stream"), "not to be forgotten");
            page.navigate(server.dashboard() + "/messages.xhtml?listener=stream");
            String id = page.locator(ROWS + " span").first().getAttribute("data-message");
            await(page, server, "connection=" + id.substring(0, id.lastIndexOf('.')), 1);

            Tcp.send(server.port("lines"), lines(Monitor.MESSAGES_KEPT + 1));
            page.navigate(server.dashboard() + "/messages.xhtml?listener=stream");
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                page.reload();
                                return page.locator("[data-message='" + id + "']").count() == 0;
                            });

            page.navigate(server.dashboard() + "/message.xhtml?id=" + id);
            assertThat(page.locator("main")).containsText("not to be forgotten");
            assertThat(page.locator("#outcome")).hasAttribute("data-outcome", "DELIVERED");
            assertThat(page.request().get(server.dashboard() + "/content?id=" + id).text())
                    .isEqualTo("not to be forgotten");

            HttpResponse<String> gone =
                    Rest.user(server.dashboard(), "late", "revealer")
                            .send(
                                    "POST",
                                    "/v1/messages/" + id + "/reveal",
                                    "application/json",
                                    "{\"reason\":\"it was there before\"}");
            assertThat(gone.statusCode()).isEqualTo(410);
            assertThat(gone.body()).contains("DMG4704");
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_part_of_a_content_is_found_and_more_can_be_asked_for(
            Look look, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = opened(reader, server);
            String word = "Wasserstand " + UUID.randomUUID();
            Tcp.send(server.port("lines"), word + " 1\n" + word + " zwei\n");
            await(page, server, "text=" + word.replace(' ', '+'), 2);

            page.locator("#filter-text").fill(word.toUpperCase(Locale.ROOT));
            page.locator("details.more summary").click();
            page.locator("#filter-min-size").fill(Integer.toString(word.length() + 3));
            page.locator("#filter-apply").click();

            assertThat(page.locator(ROWS)).hasCount(1);
            assertThat(page.locator("#filter-min-size")).isVisible(); // what is given stays open
            Browser.screenshot(page, "history-search-" + look.fileName());
            page.locator(ROWS).click();
            assertThat(page.locator("main")).containsText(word + " zwei");
        }
    }

    @Test
    void what_cannot_be_read_is_told_with_what_was_given(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = opened(reader, server);

            for (String bad :
                    new String[] {
                        "from=yesterday",
                        "until=2026-13-01T00:00",
                        "outcome=LOST",
                        "after=first",
                        "minSize=-1",
                        "maxSize=many",
                        "minMillis=0.5",
                        "minAttempts=9999999999"
                    }) {
                page.navigate(server.dashboard() + "/history.xhtml?" + bad);
                assertThat(page.locator("#refused"))
                        .containsText(bad.substring(bad.indexOf('=') + 1));
                assertThat(page.locator("#messages")).hasCount(0);
            }
        }
    }
}
