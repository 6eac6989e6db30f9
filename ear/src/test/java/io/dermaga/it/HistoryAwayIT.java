package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.PostgresServer;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Tcp;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A history in a PostgreSQL that comes and goes. */
@ExtendWith(Browser.Shared.class)
class HistoryAwayIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void pages_show_what_there_is_while_the_database_is_away_and_the_history_goes_on_after(
            Browser browser) throws Exception {
        try (PostgresServer database = new PostgresServer();
                ProductServer server =
                        ProductServer.start(
                                "history-away",
                                options ->
                                        options.property("dermaga.history.url", database.url())
                                                .property(
                                                        "dermaga.history.user",
                                                        PostgresServer.USER));
                BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);

            Tcp.send(server.port("stream"), "before it was there");
            search(page, server);
            assertThat(page.locator("#history-away")).isVisible();
            assertThat(page.locator("#history-problem")).containsText("DMG4201");
            Browser.screenshot(page, "history-away");
            page.navigate(server.dashboard() + "/messages.xhtml?listener=stream");
            assertThat(page.locator("#messages [data-message]")).hasCount(1);

            database.start();
            awaitFound(page, server, 1);
            assertThat(page.locator("#history-problem")).hasCount(0);

            database.stop();
            Tcp.send(server.port("stream"), "while it was away");
            search(page, server);
            assertThat(page.locator("#history-away")).isVisible();

            database.start();
            awaitFound(page, server, 2);
            page.locator("#messages [data-message]").first().click();
            assertThat(page.locator("main")).containsText("while it was away");
        }
    }

    private static void search(Page page, ProductServer server) {
        page.navigate(server.dashboard() + "/history.xhtml?text=it+WAS");
    }

    private static void awaitFound(Page page, ProductServer server, int messages) {
        Awaitility.await()
                .pollInSameThread()
                .atMost(LIMIT)
                .until(
                        () -> {
                            search(page, server);
                            return page.locator("#messages [data-message]").count() == messages;
                        });
    }
}
